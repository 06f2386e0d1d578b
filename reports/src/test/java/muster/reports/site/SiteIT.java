package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import muster.reports.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The pages in a real browser, opened as files. Pictures of them are left in {@code target/screenshots}. */
class SiteIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int MIDDLE = 768;
    private static final List<Integer> WIDTHS = List.of(360, MIDDLE, 1_280);

    private static final String TOO_WIDE = """
            return [...document.querySelectorAll('main *')]
                .filter(each => each.getBoundingClientRect().right > screen.width)
                .map(each => each.outerHTML.slice(0, 80))""";

    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    /** A page, a width in CSS pixels, and the scheme that the reader prefers. */
    record View(String name, String address, int width, String scheme) {
        @Override
        public String toString() {
            return name + "-" + scheme + "-" + width;
        }
    }

    static Stream<View> views() {
        Map<String, String> pages = pairs(
                "farm", "index.html",
                "run", "run/11/index.html",
                "run-live", "run/12/index.html",
                "compare", "compare/11-12.html",
                "cases", "run/12/debian-13~large~default~uml/cases-pass-3.html",
                "cell-large", "run/12/debian-13~large~default~uml.html",
                "waivers", "waivers.html",
                "cell", "run/12/debian-12~commands~default~uml.html",
                "cell-live", "run/12/debian-12~posix~full~uml.html",
                "cell-queued", "run/12/debian-13~posix~full~uml.html",
                "cell-boot-failed", "run/4/debian-13~commands~default~uml.html",
                "cell-timed-out", "run/11/debian-11~posix~full~uml.html",
                "case", Links.page(new muster.reports.view.CaseName("commands", DemoFarm.LATE)),
                "case-hostile", Links.page(new muster.reports.view.CaseName("commands", DemoFarm.HOSTILE)));
        return pages.entrySet().stream()
                .flatMap(page -> Stream.of("light", "dark")
                        .flatMap(scheme -> WIDTHS.stream()
                                .filter(width -> width != MIDDLE || scheme.equals("light"))
                                .map(width -> new View(page.getKey(), page.getValue(), width, scheme))));
    }

    private static Map<String, String> pairs(String... words) {
        Map<String, String> pairs = new java.util.TreeMap<>();
        for (int at = 0; at < words.length; at += 2) {
            pairs.put(words[at], words[at + 1]);
        }
        return pairs;
    }

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is missing: install the package chromium");
        assumeTrue(Files.isExecutable(DRIVER), DRIVER + " is missing: install the package chromium-driver");
        FakeHistory history = DemoFarm.history();
        Site.export(
                history,
                new FakeComparison(history),
                new FakeWaivers(),
                folder,
                Clock.fixed(DemoFarm.NOW, ZoneOffset.UTC),
                ZoneId.of("Europe/Berlin"));
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
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withTimeout(Duration.ofMinutes(1))
                .build();
        browser = new ChromeDriver(service, options);
        browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void pageFitsIsQuietAndHasNoSeriousBarrier(View view) throws IOException {
        show(view);
        assertThat(script("return matchMedia('(prefers-color-scheme: dark)').matches"))
                .isEqualTo(view.scheme().equals("dark"));
        assertThat(script("return getComputedStyle(document.querySelector('.top')).position"))
                .as("the stylesheet is in force")
                .isEqualTo("sticky");
        assertThat((Long) script("return document.documentElement.scrollWidth"))
                .as("no sideways scrolling, but too wide are %s", script(TOO_WIDE))
                .isLessThanOrEqualTo(view.width());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .as("what the browser says")
                .isEmpty();
        assertThat(barriers()).as("axe-core's serious findings").isEmpty();
        picture(view.toString());
    }

    @Test
    void filterShowsOnlyNewlyBrokenCases() {
        show(new View("cell", "run/12/debian-12~commands~default~uml.html", 1_280, "light"));
        long all = visibleCases();
        browser.findElement(By.cssSelector("label[for=only-new]")).click();
        assertThat(visibleCases()).isEqualTo(1).isLessThan(all);
        browser.findElement(By.id("only-new")).sendKeys(Keys.ARROW_RIGHT);
        assertThat(script("return document.querySelector('#only-bad').checked")).isEqualTo(true);
        assertThat(visibleCases()).isGreaterThan(1).isLessThan(all);
    }

    @Test
    void firstTabLeadsPastTheHeader() {
        show(new View("farm", "index.html", 1_280, "light"));
        browser.switchTo().activeElement().sendKeys(Keys.TAB);
        assertThat(browser.switchTo().activeElement().getText()).isEqualTo("Skip to the content");
        assertThat(script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void hostileTextIsShownAndNotObeyed() {
        show(new View(
                "case", Links.page(new muster.reports.view.CaseName("commands", DemoFarm.HOSTILE)), 1_280, "light"));
        assertThat(browser.getTitle()).contains("<script>");
        assertThat(browser.findElement(By.tagName("h1")).getText())
                .contains("<script>alert(1)</script>")
                .contains("⟨U+202E⟩")
                .contains("⟨ESC⟩[31m");
        assertThat(script("return document.scripts.length")).isEqualTo(0L);
        assertThat(script("return document.querySelectorAll('img').length")).isEqualTo(0L);
    }

    private static void show(View view) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", view.width(), "height", 900, "deviceScaleFactor", 1, "mobile", view.width() < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", view.scheme()))));
        browser.get(folder.resolve(view.address()).toUri().toString());
    }

    private static long visibleCases() {
        return (Long) script("return [...document.querySelectorAll('.case-list > li')]"
                + ".filter(each => getComputedStyle(each).display !== 'none').length");
    }

    private static Object script(String script) {
        return browser.executeScript(script);
    }

    private static List<?> barriers() throws IOException {
        try (InputStream axe = Objects.requireNonNull(SiteIT.class.getResourceAsStream("/axe.min.js"))) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; window.axe = axe;");
        }
        return (List<?>) browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({ preload: false, resultTypes: ['violations'] }).then(found => done(found.violations
                    .filter(each => each.impact === 'serious' || each.impact === 'critical')
                    .map(each => each.id + ': ' + each.nodes.map(node => node.html + ' ' + node.failureSummary).slice(0, 3))));
                """);
    }

    private static void picture(String name) throws IOException {
        Map<String, Object> shot = browser.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip()));
        Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
    }

    private static Map<String, Object> clip() {
        long width = (Long) script("return document.documentElement.clientWidth");
        long height = Math.min(6_000, (Long) script("return document.documentElement.scrollHeight"));
        return Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    }
}
