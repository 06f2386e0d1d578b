package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import muster.reports.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

    @Test
    void secondExportOfTheSameHistoryWritesNothing(@TempDir Path folder) throws IOException {
        Clock clock = Clock.fixed(DemoFarm.NOW, ZoneOffset.UTC);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        FakeHistory history = DemoFarm.history();
        assertThat(Site.export(history, folder, clock, zone)).isGreaterThan(100);
        assertThat(Site.export(history, folder, clock, zone)).isZero();
    }
}
