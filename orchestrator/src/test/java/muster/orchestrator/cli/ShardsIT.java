package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Folders;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.CellView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cell in three real guests; while they run the program is killed, and one of the guests. */
class ShardsIT {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final CellKey CELL = CellKey.parse("debian-12:parted:default@uml");

    @TempDir
    Path folder;

    private final Path suite = TestImages.KEPT.folder().resolve("suites/parted");

    @AfterEach
    void removeTheSuite() throws IOException {
        Folders.delete(suite);
    }

    @Test
    void aLostShardLosesOnlyItsPartAndTheCellCanBeRunAgain() throws Exception {
        writeSuite();
        String matrix = matrix();
        try (MusterProcess run = MusterProcess.start("run", matrix)) {
            await().atMost(LONG).until(() -> {
                assertThat(run.isAlive()).as(run.output()).isTrue();
                return Stream.of(1, 2, 3).allMatch(ShardsIT::hasBegun);
            });
            run.killHard();
        }
        new ProcessBuilder("kill", "-KILL", GuestProcess.pid(shard(2))).start().waitFor();

        MusterProcess next = MusterProcess.run(LONG, "run", matrix);
        assertThat(next.exitCode()).as(next.output()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(next.output())
                .contains("taking up run ", "shard-2 of 3: cannot take up ", "its guest ended while no orchestrator");
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            CellView cell = lastCell(store);
            assertThat(cell.line().outcome()).as(cell.line().why()).isEqualTo(Outcome.LOST);
            assertThat(cell.guests())
                    .extracting(GuestRecord::role)
                    .containsExactlyInAnyOrder("shard-1", "shard-2", "shard-3");
            assertThat(StoredCases.of(store, cell.line().run(), Attempt.Kind.MAIN))
                    .containsExactlyInAnyOrder("a PASS", "b NORESULT", "c PASS", "d PASS", "e UNINITIATED", "f PASS");
        }

        MusterProcess again = MusterProcess.run(LONG, "rerun", CELL.toString());
        assertThat(again.exitCode()).as(again.output()).isEqualTo(ExitCode.GOOD);
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            CellView cell = lastCell(store);
            assertThat(cell.line().outcome()).as("what the run said stays").isEqualTo(Outcome.LOST);
            assertThat(StoredCases.of(store, cell.line().run(), Attempt.Kind.RERUN))
                    .containsExactlyInAnyOrder("a PASS", "b PASS", "c PASS", "d PASS", "e PASS", "f PASS");
        }
        assertThat(TestImages.KEPT.attempt(0).getParent()).isEmptyDirectory();
    }

    private static CellView lastCell(ResultStore store) {
        return store.history()
                .cell(store.history().runs(1).getFirst().number(), CELL)
                .orElseThrow();
    }

    private static Path shard(int number) {
        try (Stream<Path> attempts = Files.list(TestImages.KEPT.attempt(0).getParent())) {
            return attempts.findFirst()
                    .map(each -> each.resolve("shard-" + number))
                    .orElse(Path.of("none"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean hasBegun(int number) {
        Path journal = shard(number).resolve("journal");
        try {
            return Files.exists(journal) && Files.readString(journal).startsWith("START ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String matrix() throws IOException {
        return Files.writeString(folder.resolve("parted.yaml"), """
                        matrix: parted
                        distributions: [debian-12]
                        suites: { parted: { shards: 3 } }
                        guest: { memory: 256M, driver: [uml] }
                        limits: { retries: { infrastructure: 0 } }
                        """).toString();
    }

    private void writeSuite() throws IOException {
        Files.createDirectories(suite);
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: parted
                description: for a test
                format: exit-status
                shardable: true
                cpu: 0.1
                commands: { list: list, run: run }
                """);
        Script.write(suite.resolve("list"), "printf '%s\\n' a b c d e f\n");
        Script.write(suite.resolve("run"), """
                pause=6
                [ -n "${MUSTER_CASES-}" ] || { "${0%/*}/list" >all; MUSTER_CASES=all pause=0; }
                while read -r name; do
                  echo "START $name" >>"$MUSTER_JOURNAL"
                  sleep $pause
                  echo "END $name exit 0" >>"$MUSTER_JOURNAL"
                done <"$MUSTER_CASES"
                echo "DONE $(grep -c START "$MUSTER_JOURNAL")" >>"$MUSTER_JOURNAL"
                """);
    }
}
