package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.rebuilt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.Outcome;
import muster.testsuites.CaseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes to the store is killed at once after it has acknowledged a result. */
class KilledStoreTest {

    private static final int ROUNDS = 5;
    private static final int ENDED_BEFORE_THE_KILL = 4;

    @TempDir
    Path folder;

    /** The process that is killed: ends attempts for ever, and says the row of each once it is committed. */
    static final class Writer {

        public static void main(String[] args) throws IOException {
            try (JdbiResultStore store = JdbiResultStore.open(Path.of(args[0]), Clock.systemUTC())) {
                while (true) {
                    Attempt attempt = store.begin(store.queue(Samples.run(CELL)), CELL, Kind.MAIN, Samples.MIDNIGHT);
                    Samples.complete(store, attempt, results(attempt));
                    System.out.println(attempt.id());
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        List<Long> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said = writer.inputReader()) {
                for (int i = 0; i < ENDED_BEFORE_THE_KILL; i++) {
                    acknowledged.add(Long.valueOf(said.readLine()));
                }
                if (round == 0) {
                    assertThatThrownBy(() -> JdbiResultStore.open(folder, Clock.systemUTC()))
                            .isInstanceOf(CannotOpenStore.class)
                            .hasMessage("cannot open the store in " + folder
                                    + ": another process has it open; ask that one, or end it");
                }
                writer.toHandle().destroyForcibly();
                said.lines()
                        .filter(line -> line.matches("[0-9]+"))
                        .map(Long::valueOf)
                        .forEach(acknowledged::add);
            }
            assertThat(writer.waitFor()).isEqualTo(137);
            check(acknowledged);
        }
    }

    private void check(List<Long> acknowledged) throws IOException {
        try (JdbiResultStore store = JdbiResultStore.open(folder, Clock.systemUTC())) {
            for (long id : acknowledged) {
                Attempt attempt = store.attempt(id).orElseThrow();
                assertThat(rebuilt(store, attempt)).isEqualTo(results(attempt));
                assertThat(store.history().cells(attempt.run()).getFirst().outcome())
                        .isEqualTo(Outcome.PASSED);
            }
            for (Attempt open : store.openAttempts()) {
                assertThat(acknowledged).doesNotContain(open.id());
                assertThat(rebuilt(store, open)).isEmpty();
                Samples.complete(store, open, results(open));
            }
        }
    }

    private static List<CaseResult> results(Attempt attempt) {
        return IntStream.range(0, 50)
                .mapToObj(i -> new CaseResult(
                        "case " + i, muster.testsuites.Verdict.PASS, "PASS", 0, "run " + attempt.run(), null, i))
                .toList();
    }
}
