package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostileJournalsIT {

    @Test
    void hostileAndLongJournalsAreReadInThirtyTwoMegabytes() throws Exception {
        Process reading = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileJournals.class.getName(),
                        Boolean.getBoolean("muster.full") ? "full" : "")
                .redirectErrorStream(true)
                .start();
        String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        assertThat(reading.waitFor()).as(said).isZero();
        assertThat(said)
                .contains(
                        "junit, a billion laughs: 1 cases",
                        "toybox, 17 million cases: 16000000 cases",
                        "tap, whole: 10000000 cases");
    }
}
