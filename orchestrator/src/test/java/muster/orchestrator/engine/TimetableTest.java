package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Schedule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimetableTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Home home;
    private Installation installation;
    private Timetable timetable;

    @BeforeEach
    void open() throws Exception {
        home = Home.open(folder.resolve("home"));
        Files.createDirectories(home.folder().resolve("matrices"));
        installation = new Installation(
                Path.of("..").toAbsolutePath().normalize(), home.folder(), Set.of("toybox"), GuestDrivers.names());
        timetable = timetable();
    }

    private Timetable timetable() throws Exception {
        return new Timetable(installation, installation.farm(), home, CLOCK);
    }

    @Test
    void aFileThatComesChangesOrGoesIsSeen() throws Exception {
        timetable.read();
        assertThat(timetable.read()).as("nothing has changed").isFalse();
        write("a.yaml", "nightly", "0 30 1 * * ?");
        assertThat(timetable.read()).isTrue();
        Schedule schedule = timetable.entry("nightly").orElseThrow().schedule();
        assertThat(schedule.cron().value()).isEqualTo("0 30 1 * * ?");
        assertThat(schedule.missed()).isEqualTo(Schedule.Missed.RUN_ONCE);
        assertThat(schedule.unfinished()).isEqualTo(Schedule.Unfinished.SKIP);
        write("a.yaml", "nightly", "0 30 2 * * ?");
        assertThat(timetable.read()).isTrue();
        assertThat(timetable.entry("nightly").orElseThrow().schedule().cron().value())
                .isEqualTo("0 30 2 * * ?");
        Files.delete(home.folder().resolve("matrices/a.yaml"));
        assertThat(timetable.read()).isTrue();
        assertThat(timetable.entry("nightly")).isEmpty();
    }

    @Test
    void aFileThatNeverMadeSenseSaysWhyNothingIsRunOfIt() throws Exception {
        write("a.yaml", "nightly", "0 60 1 * * ?");
        write("b.yaml", "other", "0 30 1 * * ?");
        write("c.yaml", "other", "0 30 1 * * ?");
        timetable.read();
        assertThat(timetable.entries()).extracting(Timetable.Entry::matrix).containsExactly("other");
        Path matrices = home.folder().resolve("matrices");
        assertThat(timetable.unusable())
                .containsKey(matrices.resolve("a.yaml"))
                .doesNotContainKey(matrices.resolve("b.yaml"))
                .containsEntry(
                        matrices.resolve("c.yaml"), matrices.resolve("b.yaml") + " has a matrix of the name other too");
        assertThat(timetable.unusable().get(matrices.resolve("a.yaml"))).contains("a.yaml:2:19: cannot read the cron");
        write("a.yaml", "nightly", "0 30 1 * * ?");
        Files.delete(matrices.resolve("c.yaml"));
        timetable.read();
        assertThat(timetable.unusable().keySet()).noneMatch(file -> file.startsWith(matrices));
    }

    @Test
    void aBrokenFileCountsAsItWasAlsoForTheNextProcess() throws Exception {
        write("a.yaml", "nightly", "0 30 1 * * ?");
        timetable.read();
        write("a.yaml", "nightly", "0 60 1 * * ?");
        assertThat(timetable.read()).isTrue();
        checkThatItCountsAsItWas(timetable);
        Timetable next = timetable();
        next.read();
        checkThatItCountsAsItWas(next);
    }

    private static void checkThatItCountsAsItWas(Timetable timetable) throws IOException {
        Timetable.Entry entry = timetable.entry("nightly").orElseThrow();
        assertThat(entry.schedule().cron().value()).isEqualTo("0 30 1 * * ?");
        assertThat(entry.problem()).contains("a.yaml:2:19: cannot read the cron expression '0 60 1 * * ?'");
        assertThat(Files.readString(entry.copy())).contains("0 30 1 * * ?");
    }

    @Test
    void ofTwoFilesWithTheSameNameOneCounts() throws Exception {
        write("a.yaml", "nightly", "0 30 1 * * ?");
        write("b.yaml", "nightly", "0 30 2 * * ?");
        write("c.yaml", "other", "0 30 3 * * ?");
        timetable.read();
        assertThat(timetable.entry("nightly").orElseThrow().file()).endsWithRaw(Path.of("a.yaml"));
        assertThat(timetable.entry("other")).isPresent();
    }

    @Test
    void bytesThatAreNoTextBreakNothingElse() throws Exception {
        write("a.yaml", "nightly", "0 30 1 * * ?");
        Files.write(home.folder().resolve("matrices/b.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        timetable.read();
        assertThat(timetable.entry("nightly")).isPresent();
    }

    private void write(String file, String matrix, String cron) throws IOException {
        Files.writeString(home.folder().resolve("matrices").resolve(file), """
                matrix: %s
                schedule: { cron: "%s" }
                distributions: [debian-12]
                suites: { sleep: { variants: [short] } }
                """.formatted(matrix, cron));
    }
}
