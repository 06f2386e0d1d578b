package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.images.source.ImageSources;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.Images;
import muster.orchestrator.run.KeptGuests;
import muster.orchestrator.run.Results;
import muster.orchestrator.run.SourceCache;
import muster.orchestrator.run.Unbegun;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.web.HomeApi;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.store.UninterruptedStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A home at work: its lock, store, engine and API, from opening to closing. */
public final class HeldFarm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldFarm.class);

    private static final int EARLIER_RUNS = 10;

    /** A host that is out of something for a moment has it again. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

    /** Memory that a guest takes on the host beside its own: sandbox, network, page tables. */
    private static final long GUEST_OVERHEAD = 48L << 20;

    private final Home home;
    private final Clock clock;
    private final HomeLock lock;
    private final ResultStore store;
    private final Installation installation;
    private final FarmConfig config;
    private final Board board;
    private final Admission admission;
    private final Farm farm;
    private final Retries retries;
    private final Engine engine;
    private final ReportWriter report;
    private final HomeApi api;
    private final Map<String, GuestDriver> drivers;

    private HeldFarm(Installation installation, FarmConfig config, Home home, HomeLock lock, Clock clock)
            throws IOException, FarmFailed, InterruptedException {
        this.installation = installation;
        this.config = config;
        this.home = home;
        this.lock = lock;
        this.clock = clock;
        this.store = new UninterruptedStore(HomeStore.open(home, config, clock));
        this.retries = new Retries(home, RETRY_PAUSE);
        this.engine = new LocalEngine(retries::after);
        this.board = new Board(clock);
        this.report = new ReportWriter(store.history(), home.report(), clock, config.zone());
        Mirrors mirrors = Mirrors.of(config.mirrors());
        Tools tools = new Tools();
        this.drivers = Drivers.of(config, home, mirrors, clock);
        HostCapacity host = HostCapacity.here();
        FarmConfig.Budget budget = config.budget(host);
        this.admission = new Admission(budget.memoryBytes(), budget.cpus(), 2 * host.cpus());
        Boots boots = new Boots(drivers, FarmKey.open(home.keys()), admission, clock);
        Images images = new Images(
                new ImageStore(home.images(), ImageSources.all(mirrors, tools), tools, clock),
                new SourceCache(home.sources(), mirrors),
                boots,
                admission,
                host.cpus(),
                home.preparing(),
                clock);
        this.farm = new Farm(
                home,
                clock,
                admission,
                images,
                boots,
                new Results(store, board, clock, report::changed),
                new KeptGuests(home, drivers, clock, admission),
                board,
                Settings.runner(config),
                Hosts.facts());
        this.api = new HomeApi(board, new Transcripts(home, store)::open, this::cancel);
        lock.announce(api.door());
        cleanUp();
    }

    /**
     * Takes a home to work in it.
     *
     * @throws FarmFailed when another process works in it
     */
    public static HeldFarm open(Installation installation, FarmConfig config, Home home, Clock clock)
            throws IOException, FarmFailed, InterruptedException {
        HomeLock lock = HomeLock.take(home)
                .orElseThrow(() -> new FarmFailed("cannot run in " + home.folder()
                        + ": another muster works there; see 'muster status', or name another home with --home"));
        return new HeldFarm(installation, config, home, lock, clock);
    }

    /** Where this process answers about this home. */
    public HomeLock.Door door() {
        return api.door();
    }

    public Board board() {
        return board;
    }

    public ResultStore store() {
        return store;
    }

    public Farm farm() {
        return farm;
    }

    /** Whether an attempt belongs to a run of this very matrix, as it stands now. */
    public boolean isRunOf(CellRun run, Matrix matrix) {
        return store.history()
                .run(run.id().run())
                .map(view -> view.matrixDigest().equals(matrix.origin().digest())
                        && view.settings().equals(matrix.origin().settings()))
                .orElse(false);
    }

    /** Queues a run of these cells; they begin when the engine is given them. */
    public List<CellRun> queue(Matrix matrix, List<Cell> cells) throws IOException, FarmFailed {
        for (Cell cell : cells) {
            if (!admission.admits(need(cell, null))) {
                throw new FarmFailed("cannot ever run " + cell.key() + " here: its guest takes "
                        + Sizes.format(cell.guest().memoryBytes()) + " and "
                        + cell.suite().cpu()
                        + " processors, and guests may use less together; see memory and cpus in farm.yaml");
            }
        }
        Matrix.Origin origin = matrix.origin();
        List<CellKey> keys = cells.stream().map(Cell::key).toList();
        long number = store.queue(new NewRun(matrix.name(), origin.digest(), clock.instant(), origin.settings(), keys));
        RunRecord.write(home.run(number), matrix);
        List<CellRun> runs = new ArrayList<>();
        for (Cell cell : cells) {
            runs.add(cellRun(cell, store.begin(number, cell.key(), Attempt.Kind.MAIN, clock.instant())));
        }
        return runs;
    }

    /** Sets up what runs these cells, and builds and prepares what they boot, before their run begins. */
    public void setUp(List<Cell> cells, Consumer<String> doing) throws FarmFailed, IOException, InterruptedException {
        for (Cell cell : cells) {
            driver(cell.key().driver()).setUp();
            farm.images().of(cell, doing);
        }
    }

    /** Guests of a distribution to measure. */
    public BenchGuests benchGuests(Recipe recipe, String driver, Consumer<String> doing)
            throws FarmFailed, IOException, InterruptedException {
        GuestDriver known = driver(driver);
        known.setUp();
        return new BenchGuests(
                farm,
                FarmKey.open(home.keys()),
                farm.images().base(recipe, doing),
                known,
                new Cell.Shape(config.guest().memoryBytes(), config.guest().cpus()),
                config.limits().boot());
    }

    private GuestDriver driver(String name) throws FarmFailed {
        GuestDriver known = drivers.get(name);
        if (known == null) {
            throw new FarmFailed("cannot run guests on '" + name + "': no such driver here, only "
                    + String.join(", ", drivers.keySet()));
        }
        return known;
    }

    /** What an earlier process left unfinished in this home, ready to be taken up where it stands. */
    public List<CellRun> unfinished() throws IOException {
        List<Long> open =
                store.history().unfinishedRuns().stream().filter(this::isOurs).toList();
        for (long run : open) {
            beginWhatIsDue(run);
        }
        List<CellRun> runs = new ArrayList<>();
        for (Attempt attempt : store.openAttempts()) {
            if (!isOurs(attempt.run())) {
                continue;
            }
            try {
                Matrix matrix = RunRecord.read(home.run(attempt.run()), installation, config);
                Cell cell = matrix.cells().stream()
                        .filter(each -> each.key().equals(attempt.cell()))
                        .findFirst()
                        .orElseThrow();
                runs.add(cellRun(cell, attempt));
            } catch (ConfigError | NoSuchElementException changed) {
                farm.boots().end(attempt.cell().driver(), home.attempt(attempt.id()));
                Folders.delete(home.attempt(attempt.id()));
                farm.results()
                        .giveUp(
                                attempt,
                                "cannot take up " + attempt.cell() + ": what its matrix names has changed meanwhile: "
                                        + changed.getMessage());
            }
        }
        open.forEach(this::end);
        return runs;
    }

    /** Others are of homes that share the database. */
    private boolean isOurs(long run) {
        return config.store().url() == null || Files.isDirectory(home.run(run));
    }

    private void beginWhatIsDue(long run) throws IOException {
        try {
            List<Cell> cells =
                    RunRecord.read(home.run(run), installation, config).cells();
            retries.allow(run, store.history().cells(run).size());
            new Unbegun(home, store, clock).begin(run, cells, retries::take);
        } catch (ConfigError | NoSuchFileException changed) {
            LOG.warn("run {} is closed as it stands: its matrix cannot be read any more", run, changed);
        }
    }

    /** Cancels everything under way and everything that is still to come; callable from any thread. */
    public void stop() {
        engine.stop();
    }

    /** Runs cells to their ends. */
    public void run(List<CellRun> cells) {
        cells.stream()
                .collect(Collectors.groupingBy(cell -> cell.id().run(), Collectors.counting()))
                .forEach((run, count) -> retries.allow(run, Math.toIntExact(count)));
        try {
            engine.run(cells);
        } finally {
            cells.stream().map(cell -> cell.id().run()).distinct().forEach(this::end);
            report.changed();
        }
    }

    /** A run whose ends could not all be stored stays open: the next process takes it up. */
    private void end(long run) {
        if (store.openAttempts().stream().anyMatch(attempt -> attempt.run() == run)) {
            return;
        }
        store.close(run, clock.instant());
        Folders.delete(home.run(run));
    }

    private CellRun cellRun(Cell cell, Attempt attempt) throws IOException {
        Estimate estimate = Estimate.of(
                store.history().durations(cell.key(), EARLIER_RUNS),
                cell.suite().typical());
        board.queued(attempt, estimate == null ? null : estimate.usual());
        return new CellRun(farm, cell, attempt, need(cell, estimate));
    }

    private Capacity.Need need(Cell cell, @Nullable Estimate estimate) {
        double rank =
                estimate == null ? Double.POSITIVE_INFINITY : estimate.usual().toSeconds();
        return new Capacity.Need(
                cell.key().toString(),
                cell.guest().memoryBytes() + GUEST_OVERHEAD,
                cell.suite().cpu(),
                rank);
    }

    /** From now on the guests of cells that end badly are kept that long. */
    public void keepFailed(Duration time) {
        farm.kept().keepFor(time);
    }

    private int cancel(String selector) {
        try {
            Selector chosen = Selector.parse(List.of(selector));
            return engine.cancel(chosen::selects) + farm.kept().end(kept -> chosen.selects(kept.cell()));
        } catch (IOException unended) {
            throw new UncheckedIOException(unended);
        } catch (ConfigError unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }

    /** Ends guests that prepared images for a process that is no more. */
    private void cleanUp() throws IOException {
        farm.kept().takeUp();
        if (!Files.isDirectory(home.preparing())) {
            return;
        }
        try (Stream<Path> folders = Files.list(home.preparing())) {
            for (Path folder : folders.toList()) {
                for (GuestDriver driver : drivers.values()) {
                    driver.find(folder.resolve("guest")).ifPresent(Guest::close);
                }
                Folders.delete(folder);
            }
        }
    }

    /** Lets go of the home. Guests under way are left alone: the next process takes them up. */
    @Override
    public void close() throws IOException {
        api.close();
        report.close();
        store.close();
        lock.close();
    }
}
