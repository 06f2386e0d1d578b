package muster.orchestrator.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium. Pictures of what it shows are left in {@code target/screenshots}. */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    public Browser(Path folder) throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is missing: install the package chromium");
        assumeTrue(Files.isExecutable(DRIVER), DRIVER + " is missing: install the package chromium-driver");
        Files.createDirectories(PICTURES);
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + Files.createDirectories(folder.resolve("profile")));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withTimeout(Duration.ofMinutes(1))
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
    }

    /** As a reader has it who prefers a scheme, on a screen of a width in CSS pixels. */
    void as(String scheme, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void show(String address) {
        driver.get(address);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Presses what leads to another page, and returns when that is there. */
    void press(String css) {
        script("window.isOld = true");
        find(css).click();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> Boolean.TRUE.equals(script("return !window.isOld && document.readyState === 'complete'")));
    }

    /** All that the page says. */
    String text() {
        return String.valueOf(script("return document.getElementById('content').innerText"));
    }

    public Object script(String script) {
        return driver.executeScript(script);
    }

    /** What the page complains of since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Axe-core's serious findings. The tool is given to the page past its policy, which would not have it. */
    List<?> barriers() throws IOException {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; window.axe = axe;");
        }
        return (List<?>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({ preload: false, resultTypes: ['violations'] }).then(found => done(found.violations
                    .filter(each => each.impact === 'serious' || each.impact === 'critical')
                    .map(each => each.id + ': ' + each.nodes.map(node => node.html + ' ' + node.failureSummary).slice(0, 3))));
                """);
    }

    void picture(String name) throws IOException {
        long width = (Long) script("return document.documentElement.clientWidth");
        long height = Math.min(6_000, (Long) script("return document.documentElement.scrollHeight"));
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
