package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.DriverCheck;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.orchestrator.web.QueueRequest;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.view.CellLine;
import muster.reports.view.RunView;
import org.jspecify.annotations.Nullable;

/** Runs that are to come. One that was added stays, whoever ends, until its turn: it is in the store, its matrix in the home. */
final class RunQueue {

    /** Among so many of the newest runs one that has ended is looked for. */
    private static final int LOOKED_AT = 100;

    private final Farm farm;
    private final Home home;
    private final ResultStore store;
    private final CellRuns cellRuns;
    private final Capacity capacity;
    private final Installation installation;
    private final FarmConfig config;
    private final DriverCheck check;
    private final Holds holds;

    RunQueue(
            Farm farm,
            CellRuns cellRuns,
            Capacity capacity,
            Installation installation,
            FarmConfig config,
            DriverCheck check,
            Runnable holdsChanged)
            throws IOException {
        this.farm = farm;
        this.home = farm.home();
        this.store = farm.results().store();
        this.cellRuns = cellRuns;
        this.capacity = capacity;
        this.installation = installation;
        this.config = config;
        this.check = check;
        forgetWhatNeverWas();
        this.holds = new Holds(home, open(), holdsChanged);
    }

    /**
     * Adds a run of these cells.
     *
     * @return its number
     * @throws FarmFailed when there is a cell that this host could never run
     */
    synchronized long add(Matrix matrix, List<Cell> cells, QueuePlace place) throws IOException, FarmFailed {
        return queue(matrix, cells, null, place).orElseThrow();
    }

    /** Adds a run of a whole matrix for a time at which it is due; empty when there is one already. */
    synchronized OptionalLong addDue(Path file, Instant due, QueuePlace place)
            throws IOException, ConfigError, FarmFailed {
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config, check);
        return queue(matrix, matrix.cells(), due, place);
    }

    /** What it needs to be run is there before the run is: who dies in between leaves a folder, and no run. */
    private OptionalLong queue(Matrix matrix, List<Cell> cells, @Nullable Instant due, QueuePlace place)
            throws IOException, FarmFailed {
        NewRun added = newRun(matrix, cells);
        return store.queue(added, due, run -> record(run, matrix, place, added.queuedAt()));
    }

    /** Forgets the folders of runs that never were: their numbers may be given to another home's. */
    private void forgetWhatNeverWas() throws IOException {
        for (Path folder : Folders.numbered(home.runs())) {
            Optional<Instant> stored =
                    store.queuedAt(Long.parseLong(folder.getFileName().toString()));
            Optional<Instant> recorded = RunRecord.queuedAt(folder);
            if (recorded.isPresent() && !stored.equals(recorded.map(at -> at.truncatedTo(ChronoUnit.MILLIS)))) {
                Folders.delete(folder);
            }
        }
    }

    /** Returns once every run that the store knows has its folder. */
    synchronized void settle() {
        // whoever queues one has the lock until its folder is there
    }

    private void record(long run, Matrix matrix, QueuePlace place, Instant queuedAt) throws IOException {
        // A home restored beside an older copy of its database may have one of a run that had this number.
        Folders.delete(home.run(run));
        RunRecord.write(home.run(run), matrix, place, queuedAt);
        Path copy = home.matrix(matrix.origin().digest());
        Files.createDirectories(copy.getParent());
        Files.copy(matrix.origin().file(), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Adds a run of the cells of an earlier one that were bad, or that the farm failed.
     *
     * @param number the earlier one, or null for the newest that has ended
     * @throws FarmFailed when there is nothing to run again, or its matrix is not at hand
     */
    synchronized Rerun addFailed(@Nullable Long number) throws IOException, ConfigError, FarmFailed {
        RunView past = past(number);
        long run = past.run().number();
        List<String> failed = past.cells().stream()
                .filter(line -> line.outcome() != null
                        && (line.outcome().isBad() || line.outcome().isInfrastructure()))
                .map(line -> line.cell().toString())
                .toList();
        if (failed.isEmpty()) {
            throw new FarmFailed("cannot run anything of run " + run + " again: none of its cells was bad");
        }
        Path copy = home.matrix(past.matrixDigest());
        if (!Files.exists(copy)) {
            throw new FarmFailed("cannot run what was bad in run " + run + " again: its matrix is not in this home;"
                    + " 'muster queue FILE --only SELECTOR' queues a file as it is now");
        }
        Matrix matrix = Matrix.read(copy, new TreeMap<>(past.settings()), installation, config, check);
        List<Cell> cells = matrix.cells(Selector.parse(failed));
        return new Rerun(add(matrix, cells, QueuePlace.USUAL), run, cells.size());
    }

    /** A run of the cells of an earlier one. */
    record Rerun(long run, long of, int cells) {}

    private RunView past(@Nullable Long number) throws FarmFailed {
        Optional<RunView> past = number != null
                ? store.history().run(number)
                : store.history().runs(LOOKED_AT).stream()
                        .filter(line -> line.endedAt() != null)
                        .findFirst()
                        .flatMap(line -> store.history().run(line.number()));
        return past.orElseThrow(() -> new FarmFailed("cannot run anything again: "
                + (number == null ? "no run has ended in this home" : "there is no run " + number)));
    }

    private NewRun newRun(Matrix matrix, List<Cell> cells) throws FarmFailed {
        for (Cell cell : cells) {
            if (!capacity.admits(cellRuns.need(cell))) {
                throw new FarmFailed("cannot ever run " + cell.key() + " here: its guest takes "
                        + Sizes.format(cell.guest().memoryBytes()) + " and "
                        + cell.suite().cpu()
                        + " processors, and guests may use less together; see memory and cpus in farm.yaml");
            }
        }
        Matrix.Origin origin = matrix.origin();
        List<CellKey> keys = cells.stream().map(Cell::key).toList();
        return new NewRun(matrix.name(), origin.digest(), farm.clock().instant(), origin.settings(), keys);
    }

    /** Adds what another process of this user asks for. */
    synchronized long add(QueueRequest asked) throws IOException, ConfigError, FarmFailed {
        Matrix matrix =
                Matrix.read(Path.of(asked.file()), new TreeMap<>(asked.settings()), installation, config, check);
        return add(
                matrix,
                matrix.cells(Selector.parse(asked.only())),
                new QueuePlace(asked.priority(), asked.notBefore(), null));
    }

    /** Begins what was added, without what was cancelled meanwhile. */
    synchronized List<CellRun> begin(long run) throws IOException, ConfigError {
        return open().contains(run) ? begin(run, cells(run)) : List.of();
    }

    /** The cells of a run that have not ended. */
    List<Cell> cells(long run) throws IOException, ConfigError {
        Set<CellKey> keys = new HashSet<>(unended(run));
        return matrix(run).cells().stream()
                .filter(cell -> keys.contains(cell.key()))
                .toList();
    }

    /** The same by their names. */
    List<CellKey> unended(long run) {
        return store.history().cells(run).stream()
                .filter(line -> line.outcome() == null)
                .map(CellLine::cell)
                .toList();
    }

    Holds holds() {
        return holds;
    }

    /**
     * Holds cells of runs that have not ended back, or lets them go; how many.
     *
     * @param what a run's number, or a selector of cells
     */
    synchronized int hold(String what, boolean hold) throws IOException, ConfigError, FarmFailed {
        List<Capacity.Owner> cells = new ArrayList<>();
        boolean number = what.matches("[0-9]{1,18}");
        if (number && !open().contains(Long.parseLong(what))) {
            throw new FarmFailed(
                    "cannot hold or release run " + what + ": it has ended, or there is none; see 'muster status'");
        }
        Selector chosen = Selector.parse(number ? List.of() : List.of(what));
        for (long run : open()) {
            if (!number || run == Long.parseLong(what)) {
                unended(run).stream().filter(chosen::selects).forEach(cell -> cells.add(new Capacity.Owner(run, cell)));
            }
        }
        return holds.set(cells, hold);
    }

    /** The matrix of a run that has not ended, as it was when it was queued. */
    Matrix matrix(long run) throws IOException, ConfigError {
        return RunRecord.read(home.run(run), installation, config);
    }

    /** Begins it where its cells are known. */
    List<CellRun> begin(long run, List<Cell> cells) throws IOException {
        List<CellRun> runs = new ArrayList<>();
        int priority = RunRecord.place(home.run(run)).priority();
        for (Cell cell : cells) {
            Attempt attempt = store.begin(
                    run,
                    cell.key(),
                    Attempt.Kind.MAIN,
                    cell.onlyCase(),
                    farm.clock().instant());
            runs.add(cellRuns.of(cell, attempt, priority));
        }
        return runs;
    }

    /** Cancels cells of runs of which nothing has begun; how many. */
    synchronized int cancel(Predicate<CellKey> which) throws IOException {
        int cancelled = 0;
        for (long run : open()) {
            cancelled += cancel(run, which);
        }
        return cancelled;
    }

    /** The same of one run. */
    synchronized int cancel(long run, Predicate<CellKey> which) throws IOException {
        return cancel(run, which, "cancelled by a person before it began");
    }

    /** The same, for a reason that is shown. */
    synchronized int cancel(long run, Predicate<CellKey> which, String why) throws IOException {
        if (!open().contains(run)) {
            return 0;
        }
        List<CellKey> cells = unended(run);
        if (cells.stream().anyMatch(cell -> hasBegun(run, cell))) {
            return 0;
        }
        List<CellKey> chosen = cells.stream().filter(which).toList();
        for (CellKey cell : chosen) {
            farm.results()
                    .cancel(
                            store.begin(
                                    run, cell, Attempt.Kind.MAIN, farm.clock().instant()),
                            why);
        }
        if (cells.stream().allMatch(which)) {
            store.close(run, farm.clock().instant());
            forget(run);
        }
        return chosen.size();
    }

    /**
     * Removes what a run needed that has ended. Where the database is a server's, the copy of it that goes with a later backup
     * may have been made before that end: whoever is restored from both runs what is open in it, and there it stays for a while.
     */
    void forget(long run) {
        if (config.store().url() == null) {
            Folders.delete(home.run(run));
        }
    }

    private boolean hasBegun(long run, CellKey cell) {
        return !store.history().cell(run, cell).orElseThrow().attempts().isEmpty();
    }

    /** All runs of this home that have not ended, the oldest first. */
    List<Long> open() {
        return store.history().unfinishedRuns().stream().filter(this::isOurs).toList();
    }

    /** Those of a matrix. */
    List<Long> open(String matrix) {
        return open().stream()
                .filter(run ->
                        store.history().run(run).orElseThrow().run().matrix().equals(matrix))
                .toList();
    }

    /** Others are of homes that share the database. */
    boolean isOurs(long run) {
        return config.store().url() == null || Files.isDirectory(home.run(run));
    }

    /** Those whose turn has not come, and what they wait for. */
    SortedMap<Long, QueuePlace> notDue() {
        List<Long> open = open();
        SortedMap<Long, QueuePlace> notDue = new TreeMap<>();
        for (long run : open) {
            QueuePlace place = place(run);
            Instant from = place.notBefore();
            Long after = place.after();
            if ((from != null && from.isAfter(farm.clock().instant()))
                    || (after != null && open.contains(after))
                    || isHeld(run)) {
                notDue.put(run, place);
            }
        }
        return notDue;
    }

    /** The cells of runs that have not begun and likely do until then: their time has come, or the run before them is about to end. */
    Map<Long, List<Cell>> soon(Instant until) throws IOException, ConfigError {
        Map<Long, List<Cell>> soon = new TreeMap<>();
        for (Map.Entry<Long, QueuePlace> waiting : notDue().entrySet()) {
            long run = waiting.getKey();
            Instant from = waiting.getValue().notBefore();
            Long after = waiting.getValue().after();
            boolean inTime = from == null || !from.isAfter(until);
            boolean next = after == null || unended(after).stream().allMatch(cell -> hasBegun(after, cell));
            if (inTime && next && !isHeld(run)) {
                soon.put(run, cells(run));
            }
        }
        return soon;
    }

    /** The cells of a matrix that has a schedule, as it is now. */
    List<Cell> cells(Path file) throws ConfigError {
        return Matrix.read(file, new TreeMap<>(), installation, config, check).cells();
    }

    /** Whether all of it is held back, and nothing of it has begun. */
    private boolean isHeld(long run) {
        List<CellKey> cells = unended(run);
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> holds.isHeld(new Capacity.Owner(run, cell)))
                && cells.stream().noneMatch(cell -> hasBegun(run, cell));
    }

    private QueuePlace place(long run) {
        try {
            return RunRecord.place(home.run(run));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the place of run " + run + " in the queue", unreadable);
        }
    }
}
