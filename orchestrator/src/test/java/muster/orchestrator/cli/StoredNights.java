package muster.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.orchestrator.home.Home;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/** Writes nights into the store of a home as runs leave them behind. */
public final class StoredNights implements AutoCloseable {

    private final Path folder;
    private final ResultStore store;

    public StoredNights(Path home) throws IOException {
        this(home, JdbiResultStore.open(Home.open(home).store(), Clock.systemUTC()));
    }

    /** Into a store that is not in the home. */
    StoredNights(Path home, ResultStore store) {
        folder = home;
        this.store = store;
    }

    /** What a cell of a night came to. */
    public record Came(String cell, Map<String, String> facts, Map<String, String> packages, List<CaseResult> cases) {}

    public static CaseResult pass(String name) {
        return new CaseResult(name, Verdict.PASS, "PASS", null, "", null, 0);
    }

    public static CaseResult fail(String name, String message) {
        return new CaseResult(name, Verdict.FAIL, "FAIL", null, message, null, 0);
    }

    /** A night that was queued then; each cell keeps a journal that says which one it is. */
    public long night(Instant at, Came... cells) throws IOException {
        List<CellKey> keys =
                List.of(cells).stream().map(cell -> CellKey.parse(cell.cell())).toList();
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), at, Map.of(), keys));
        for (Came cell : cells) {
            CellKey key = CellKey.parse(cell.cell());
            Attempt attempt = store.begin(run, key, Attempt.Kind.MAIN, at);
            Path journal = Files.writeString(
                    folder.resolve("journal"), "the journal of " + key + " in run " + run + "\nPASS\n".repeat(50));
            List<Ending.KeptFile> kept = new ArrayList<>(List.of(store.keep("journal", "journal", journal, 0)));
            store.finish(
                    attempt,
                    sink -> cell.cases().forEach(sink::result),
                    read -> new Ending(
                            read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED,
                            "",
                            at.plus(Duration.ofMinutes(1)),
                            0,
                            true,
                            List.of(),
                            kept,
                            new TreeMap<>(cell.facts()),
                            new TreeMap<>(cell.packages())));
        }
        store.close(run, at.plus(Duration.ofMinutes(2)));
        return run;
    }

    public ResultStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
    }
}
