package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.QueueRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keep} of guests that are to come: in a home that somebody works in, and in one where nobody does. */
class KeepCommandTest {

    private static final String SHORT = "debian-12:sleep:short@uml";
    private static final String HALF = "debian-12:sleep:half@uml";
    private static final Instant FAR = Instant.parse("2090-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Home home;
    private Path matrix;

    @BeforeEach
    void open() throws Exception {
        home = Home.open(folder.resolve("home"));
        matrix = Files.writeString(folder.resolve("two.yaml"), """
                matrix: two
                distributions: [debian-12]
                suites: { sleep: { variants: [short, half] } }
                guest: { driver: [uml] }
                """);
    }

    private HeldFarm held() throws Exception {
        Installation installation =
                new Installation(TestImages.ROOT, home.folder(), Set.of("toybox"), GuestDrivers.names());
        return HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC());
    }

    /** A run whose time has not come, so that nobody begins it. */
    private long queued(HeldFarm farm) throws Exception {
        return farm.queue(new QueueRequest(matrix.toString(), Map.of(), List.of(), 0, FAR));
    }

    private Said keep(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "keep";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Said.in(home.folder(), line);
    }

    private static void tellsOf(Said said, String cell, String time) {
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .isEqualTo("when the suite of " + cell + " has ended its guest is kept for " + time + "\n");
        assertThat(said.status()).isEqualTo(ExitCode.GOOD);
    }

    private static void refused(Said said, int status, String... words) {
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(words);
        assertThat(said.status()).isEqualTo(status);
    }

    private Path chosen(long run) {
        return home.run(run).resolve("kept-cells");
    }

    @Test
    void whoeverHoldsTheHomeIsAskedAndWhereNobodyDoesTheNextOneKnows() throws Exception {
        long run;
        try (HeldFarm farm = held()) {
            run = queued(farm);
            tellsOf(keep("*:*:half"), HALF, "2h");
            assertThat(chosen(run)).hasContent(HALF + " 7200\n");
        }
        tellsOf(keep("*:*:short", "--time", "30m"), SHORT, "30m");
        assertThat(chosen(run)).hasContent(HALF + " 7200\n" + SHORT + " 1800\n");
    }

    @Test
    void ofSeveralRunsTheOldestIsMeant() throws Exception {
        long first;
        long second;
        try (HeldFarm farm = held()) {
            first = queued(farm);
            second = queued(farm);
            tellsOf(keep("*:*:half"), HALF, "2h");
        }
        tellsOf(keep("*:*:short"), SHORT, "2h");
        assertThat(chosen(first)).hasContent(HALF + " 7200\n" + SHORT + " 7200\n");
        assertThat(chosen(second)).doesNotExist();
    }

    @Test
    void whatNamesNoOneCellIsRefusedInTheSameWordsEitherWay() throws Exception {
        refused(keep("debian-12"), ExitCode.USAGE, "cannot find a cell 'debian-12': there are none just now");
        try (HeldFarm farm = held()) {
            refused(keep("debian-12"), ExitCode.USAGE, "cannot find a cell 'debian-12': there are none just now");
            queued(farm);
            refused(keep("debian-12"), ExitCode.USAGE, "it selects 2", SHORT, HALF);
            refused(keep("debain-12"), ExitCode.USAGE, "did you mean 'debian-12'?");
        }
        refused(keep("debian-12"), ExitCode.USAGE, "it selects 2", SHORT, HALF);
        refused(keep("debain-12"), ExitCode.USAGE, "did you mean 'debian-12'?");
    }

    @Test
    void whatHasEndedIsNotKept() throws Exception {
        try (HeldFarm farm = held()) {
            queued(farm);
            farm.cancel("*:*:half");
            refused(keep("*:*:half"), ExitCode.USAGE, "half");
        }
        refused(keep("*:*:half"), ExitCode.USAGE, "half");
    }

    @Test
    void aTimeIsWithinBounds() {
        for (Duration time : List.of(Duration.ofSeconds(59), Duration.ofHours(169))) {
            refused(
                    keep("debian-12", "--time", time.toSeconds() + "s"),
                    ExitCode.USAGE,
                    "cannot keep a guest for ",
                    ": expected 1m to 168h");
        }
    }
}
