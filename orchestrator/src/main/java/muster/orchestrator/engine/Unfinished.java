package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.Unbegun;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.ResultStore;
import muster.reports.view.CellLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier process left unfinished in a home. */
final class Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    private final Farm farm;
    private final ResultStore store;
    private final CellRuns cellRuns;
    private final Retries retries;
    private final Confirmations confirmations;

    Unfinished(Farm farm, CellRuns cellRuns, Retries retries, Confirmations confirmations) {
        this.farm = farm;
        this.store = farm.results().store();
        this.cellRuns = cellRuns;
        this.retries = retries;
        this.confirmations = confirmations;
    }

    /** Finds the matrix of a run as it was. */
    @FunctionalInterface
    interface Matrices {
        Matrix of(long run) throws IOException, ConfigError;
    }

    /**
     * Its attempts, ready to be taken up where they stand, and those that were due.
     *
     * @param open runs that have no end yet
     */
    List<CellRun> takeUp(List<Long> open, Matrices matrices, LongPredicate ours) throws IOException {
        Map<Long, List<Cell>> cells = new HashMap<>();
        for (long run : open) {
            beginWhatIsDue(run, matrices, cells);
        }
        endReruns(farm, ours);
        List<CellRun> runs = new ArrayList<>();
        Map<Long, Map<CellKey, Cell>> byKey = new HashMap<>();
        for (Attempt attempt : store.openAttempts()) {
            long run = attempt.run();
            if (!ours.test(run)) {
                continue;
            }
            try {
                if (!byKey.containsKey(run)) {
                    byKey.put(
                            run,
                            byKey(
                                    cells.containsKey(run)
                                            ? cells.get(run)
                                            : matrices.of(run).cells()));
                }
                Cell cell =
                        Optional.ofNullable(byKey.get(run).get(attempt.cell())).orElseThrow();
                runs.add(cellRuns.of(cell, attempt));
            } catch (ConfigError | NoSuchElementException changed) {
                giveUp(
                        farm,
                        attempt,
                        "cannot take up " + attempt.cell() + ": what its matrix names has changed meanwhile: "
                                + changed.getMessage());
            }
        }
        addConfirmations(cells, runs);
        return runs;
    }

    private static Map<CellKey, Cell> byKey(List<Cell> cells) {
        return cells.stream().collect(Collectors.toMap(Cell::key, cell -> cell));
    }

    private void beginWhatIsDue(long run, Matrices matrices, Map<Long, List<Cell>> found) throws IOException {
        try {
            List<Cell> cells = matrices.of(run).cells();
            retries.allow(run, store.history().cells(run).size());
            new Unbegun(farm.home(), store, farm.clock()).begin(run, cells, retries::take);
            found.put(run, cells);
        } catch (ConfigError | NoSuchFileException changed) {
            LOG.warn("run {} is closed as it stands: its matrix cannot be read any more", run, changed);
        }
    }

    /** New failures that were still to be run again, of cells of which nothing is under way. */
    private void addConfirmations(Map<Long, List<Cell>> found, List<CellRun> runs) throws IOException {
        for (Map.Entry<Long, List<Cell>> entry : found.entrySet()) {
            long run = entry.getKey();
            Set<CellKey> ended = new HashSet<>();
            for (CellLine line : store.history().cells(run)) {
                if (line.outcome() != null && line.outcome().isBad()) {
                    ended.add(line.cell());
                }
            }
            runs.stream().filter(each -> each.id().run() == run).forEach(each -> ended.remove(each.key()));
            for (Cell cell : entry.getValue()) {
                if (ended.contains(cell.key())) {
                    confirmations.due(run, cell).ifPresent(runs::add);
                }
            }
        }
    }

    /** Ends attempts that a person began by hand with a process that is no more. */
    static void endReruns(Farm farm, LongPredicate ours) throws IOException {
        for (Attempt attempt : farm.results().store().openAttempts()) {
            if (attempt.kind() == Attempt.Kind.RERUN && ours.test(attempt.run())) {
                giveUp(
                        farm,
                        attempt,
                        "cannot take up a rerun of " + attempt.cell() + ": its muster was ended; begin it anew");
            }
        }
    }

    private static void giveUp(Farm farm, Attempt attempt, String why) throws IOException {
        farm.boots().end(attempt.cell().driver(), farm.home().attempt(attempt.id()));
        Folders.delete(farm.home().attempt(attempt.id()));
        farm.results().giveUp(attempt, why);
    }
}
