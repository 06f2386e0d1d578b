package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureTest {

    @TempDir
    Path folder;

    @Test
    void whatWaitedBetweenTwoLooksIsToldInPerCent() throws IOException {
        Pressure before = look(1_000, 5_000_000);
        before.write(folder);
        Pressure later = look(11_000, 7_500_000);
        assertThat(Pressure.kept(folder).orElseThrow().until(later)).isEqualTo(Map.of("host.pressure.cpu", "25 %"));
    }

    @Test
    void anAttemptThatNeverHadAGuestKeptNone() throws IOException {
        assertThat(Pressure.kept(folder)).isEmpty();
    }

    @Test
    void aHostThatWasBootedAnewMeanwhileTellsNothing() throws IOException {
        assertThat(look(1_000, 5_000_000).until(look(2_000, 1))).isEmpty();
    }

    private Pressure look(long atMillis, long total) throws IOException {
        Files.writeString(
                folder.resolve("cpu"),
                "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + total + "\nfull avg10=0.00 total=99\n");
        return Pressure.read(folder, atMillis);
    }
}
