package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import muster.orchestrator.config.Acceptances;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.notify.Notifications;
import muster.orchestrator.run.Acceptance;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.run.WarmPool;
import muster.orchestrator.schedule.FarmClock;
import muster.orchestrator.web.CommandAnswer;
import muster.orchestrator.web.CommandRequest;
import muster.orchestrator.web.Held;
import muster.orchestrator.web.HomeApi;
import muster.orchestrator.web.HostLine;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.StatusLine;
import muster.orchestrator.web.Upkeep;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.ResultStore;
import muster.reports.view.CellView;
import org.jspecify.annotations.Nullable;

/** A home at work: its lock, store, engine and API, from opening to closing. */
public final class HeldFarm implements AutoCloseable {

    private final Home home;
    private final Clock clock;
    private final HomeLock lock;
    private final ResultStore store;
    private final Installation installation;
    private final FarmConfig config;
    private final Board board;
    private final Admission admission;
    private final WarmPool pool;
    private final Farm farm;
    private final CellRuns cellRuns;
    private final Retries retries;
    private final Confirmations confirmations;
    private final LocalEngine engine;
    private final ReportWriter report;
    private final Runnable changed;
    private final HomeApi api;
    private final Map<String, GuestDriver> drivers;
    private final FarmUpkeep upkeep;
    private final RunQueue queue;
    private final QueueApi queueApi;
    private volatile @Nullable Notifications notifications;
    private final Outlooks outlooks;

    private HeldFarm(
            Installation installation,
            FarmConfig config,
            Home home,
            HomeLock lock,
            Clock clock,
            @Nullable Simulation simulation,
            @Nullable StandIns standIns)
            throws IOException, FarmFailed, InterruptedException {
        this.installation = installation;
        this.config = config;
        this.home = home;
        this.lock = lock;
        this.clock = clock;
        Parts parts = Parts.of(config, home, clock, simulation, standIns);
        this.store = parts.store();
        this.admission = parts.admission();
        this.drivers = parts.drivers();
        this.pool = parts.pool();
        this.retries = parts.retries();
        this.report = parts.report();
        this.changed = parts.changed();
        this.farm = parts.farm();
        this.board = farm.board();
        if (simulation == null) {
            board.onChange(new CellLog()::changed);
        }
        this.cellRuns = new CellRuns(farm);
        this.confirmations = new Confirmations(farm, cellRuns);
        this.engine = new LocalEngine((ended, ending) -> {
            Optional<CellRun> retry = retries.after(ended, ending);
            Optional<CellRun> next = retry.isPresent() ? retry : confirmations.after(ended, ending);
            Notifications told = notifications;
            if (told != null && next.isEmpty() && ended.id().kind() != Attempt.Kind.RERUN) {
                told.cellEnded(ended.id().run(), ended.key());
            }
            return next;
        });
        this.queue = new RunQueue(farm, cellRuns, admission, installation, config, parts.check(), this::holdsChanged);
        holdsChanged();
        this.outlooks = new Outlooks(board, engine, queue, cellRuns, admission, parts.budget(), config.zone());
        this.queueApi = new QueueApi(queue, new StatusLines(board, outlooks, clock), this::schedules);
        this.upkeep = new FarmUpkeep(home, config, parts, queue::settle, clock);
        Transcripts transcripts = new Transcripts(home, store);
        this.api = new HomeApi(
                new Held(
                        home,
                        board,
                        store,
                        transcripts::open,
                        transcripts::place,
                        queueApi,
                        new FarmDeeds(this, installation),
                        upkeep,
                        clock,
                        config.zone()),
                config.web().names());
        upkeep.measure(
                () -> queueApi.cells().stream()
                        .filter(cell -> cell.outcome() == null && cell.startedAt() == null)
                        .count(),
                api::listeners);
        lock.announce(api.door());
        cleanUp();
        farm.boots().bootAhead(farm.images());
    }

    /**
     * Takes a home to work in it.
     *
     * @throws FarmFailed when another process works in it
     */
    public static HeldFarm open(Installation installation, FarmConfig config, Home home, Clock clock)
            throws IOException, FarmFailed, InterruptedException {
        return open(installation, config, home, clock, null, null);
    }

    /** Works in a home that this process has taken. */
    public static HeldFarm open(Installation installation, FarmConfig config, Home home, HomeLock lock, Clock clock)
            throws IOException, FarmFailed, InterruptedException {
        return new HeldFarm(installation, config, home, lock, clock, null, null);
    }

    /** The same with guests that something else runs, and images that something else makes. */
    public static HeldFarm open(Installation installation, FarmConfig config, Home home, Clock clock, StandIns standIns)
            throws IOException, FarmFailed, InterruptedException {
        return open(installation, config, home, clock, null, standIns);
    }

    /** The same with guests, host and time that are only simulated. */
    public static HeldFarm open(Installation installation, FarmConfig config, Home home, Simulation simulation)
            throws IOException, FarmFailed, InterruptedException {
        return open(installation, config, home, simulation.clock(), simulation, null);
    }

    private static HeldFarm open(
            Installation installation,
            FarmConfig config,
            Home home,
            Clock clock,
            @Nullable Simulation simulation,
            @Nullable StandIns standIns)
            throws IOException, FarmFailed, InterruptedException {
        HomeLock lock = HomeLock.take(home)
                .orElseThrow(
                        () -> new FarmFailed(
                                "cannot run in " + home.folder()
                                        + ": another muster works there; see 'muster status'; 'muster queue FILE' queues a run for it, --home names another home"));
        return new HeldFarm(installation, config, home, lock, clock, simulation, standIns);
    }

    /** Where this process answers about this home. */
    public HomeLock.Door door() {
        return api.door();
    }

    /**
     * Shows the pages and answers the API at an address too, from now on.
     *
     * @param host an address of this host
     * @param port 0 for any that is free
     * @return its port
     * @throws IllegalArgumentException with a message for people when it is not loopback, and there is no token
     * @throws IOException when it cannot be listened at
     */
    public int listen(String host, int port) throws IOException {
        return api.listen(host, port);
    }

    /** From now on commands of this host's own user that need the store are run by this. */
    public void answer(Function<CommandRequest, CommandAnswer> commands) {
        api.answer(commands);
    }

    /** A code that signs this host's own user in with a browser, once. */
    public String signInCode() {
        return api.signInCode();
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

    /** From now on failures are read in the light of what people accept; to be called before cells are queued. */
    public void accept(Acceptances acceptances) {
        store.waivers().importFiles(acceptances.byFile(), clock.instant());
        farm.results().accept(new Acceptance(acceptances.expectations(), store.waivers(), config.zone()));
    }

    /** Whether an attempt belongs to a run of this very matrix, as it stands now. */
    public boolean isRunOf(CellRun run, Matrix matrix) {
        return store.history()
                .run(run.id().run())
                .map(view -> view.matrixDigest().equals(matrix.origin().digest())
                        && view.settings().equals(matrix.origin().settings()))
                .orElse(false);
    }

    /** Begins a run of these cells; {@link #run} runs them. */
    public List<CellRun> queue(Matrix matrix, List<Cell> cells) throws IOException, FarmFailed {
        return queue.begin(queue.add(matrix, cells, QueuePlace.USUAL), cells);
    }

    /**
     * Queues a run for whoever works in this home when its turn comes; its number.
     *
     * @throws FarmFailed when there is a cell that this host could never run
     */
    public long queue(QueueRequest asked) throws IOException, ConfigError, FarmFailed {
        return queue.add(asked);
    }

    private void holdsChanged() {
        admission.hold(need -> need.owner() != null && queue.holds().isHeld(need.owner()));
    }

    /** Why cells wait, and when they will likely begin and end; those on the board. */
    public Map<Attempt, Outlook> outlooks() {
        return outlooks.look(clock.instant()).underWay();
    }

    /** Asks this process as others do. */
    public HomeApi.Queue asked() {
        return queueApi;
    }

    /** Runs that are to come. */
    RunQueue queue() {
        return queue;
    }

    /** Every cell of this home's runs that has not ended, whether or not it was taken up. */
    public List<StatusLine> unended() {
        return queue.open().stream()
                .flatMap(run -> store.history().cells(run).stream())
                .filter(line -> line.outcome() == null)
                .map(StatusLine::of)
                .toList();
    }

    /** Cancels what has not ended of a run; how many cells. */
    int cancel(long run, Predicate<CellKey> which) throws IOException {
        return queue.cancel(run, which)
                + engine.cancel(cell -> cell.id().run() == run && which.test(cell.key()))
                + farm.kept().end(kept -> kept.run() == run && which.test(kept.cell()));
    }

    /** This host just now. */
    HostLine host() throws IOException {
        return HostNow.line(home, admission.load(), engine.underWay(), board);
    }

    /** Begins and runs {@link #rerun} while other cells are under way; returns at once. */
    void runAgain(CellView past, @Nullable String onlyCase) throws FarmFailed, ConfigError, IOException {
        PastCell cell = PastCell.of(past, onlyCase, installation, farm.images());
        CellRun again = cellRuns.again(cell.cell(), past.line().run(), Attempt.Kind.RERUN, cell.image());
        Thread.ofVirtual().name("rerun " + again).start(() -> run(List.of(again)));
    }

    /**
     * Whether everything under way waits: that many for a time to come, all others for a place that none of them is about to
     * get.
     */
    public boolean waits(int forTimes) {
        // First these: one that ends meanwhile lets another in, and is then still counted as at work.
        int underWay = engine.underWay().size();
        int forPlaces = admission.stuck();
        return forPlaces >= 0 && forPlaces + forTimes == underWay;
    }

    /** Whether an attempt has begun and has not ended. */
    public boolean isUnderWay(CellRun run) {
        return engine.underWay().contains(run);
    }

    /** Cancels a run for another one, whether or not it has begun. */
    void replace(long run, long by) throws IOException {
        String why = "cancelled for run " + by + ", for its schedule says 'unfinished: replace'";
        queue.cancel(run, cell -> true, why);
        engine.cancel(cell -> cell.id().run() == run, why);
    }

    /** From now on this process is a service. */
    void serve(Serving serving) {
        queueApi.serve(serving);
    }

    FarmUpkeep upkeep() {
        return upkeep;
    }

    /** Begins to look after the home by itself. */
    void lookAfter(Supplier<Upkeep.Check> scheduling) throws FarmFailed {
        upkeep.start(scheduling);
    }

    /** From now on channels are told what happens to the runs that they follow. */
    Notifications openNotifications() throws IOException {
        Notifications opened =
                Notifications.open(config.notifies(), home.notices(), store, home.report(), clock, config.zone());
        notifications = opened;
        return opened;
    }

    /** The matrices that are run by themselves, and a clock in the farm's database that stands still until it is started. */
    Schedules schedules(FarmClock.Due due) throws IOException, FarmFailed {
        return new Schedules(
                new Timetable(installation, config, home, clock),
                FarmClock.open(HomeStore.address(home, config), due),
                new LeftOuts(home.timetable()),
                clock);
    }

    /** Has guests booted ahead for what is to come. */
    Foresight foresight(Foresight.Coming coming) {
        return new Foresight(farm, cellRuns, clock, coming);
    }

    /** Sets up what runs these cells, and builds and prepares what they boot, before their run begins. */
    public void setUp(List<Cell> cells, Consumer<String> doing) throws FarmFailed, IOException, InterruptedException {
        for (Cell cell : cells) {
            Drivers.named(cell.key().driver(), drivers).setUp();
            farm.images().of(cell, doing);
        }
    }

    /** What measures guests of this farm. */
    public Benches benches() {
        return new Benches(farm, config, home, clock, drivers);
    }

    /** What an earlier process left unfinished in this home, ready to be taken up where it stands. */
    public List<CellRun> unfinished() throws IOException {
        return unfinished(queue.notDue().keySet());
    }

    /** The same, without some runs. */
    List<CellRun> unfinished(Set<Long> notDue) throws IOException {
        List<Long> open =
                queue.open().stream().filter(run -> !notDue.contains(run)).toList();
        List<CellRun> runs = new Unfinished(farm, cellRuns, retries, confirmations)
                .takeUp(open, run -> RunRecord.read(home.run(run), installation, config), queue::isOurs);
        open.forEach(this::end);
        return runs;
    }

    /**
     * Begins an attempt that runs a cell of a past run again, or one case of it; {@link #run} runs it.
     *
     * @throws FarmFailed when what it ran is no longer at hand as it was
     */
    public CellRun rerun(CellView past, @Nullable String onlyCase) throws FarmFailed, ConfigError, IOException {
        PastCell cell = PastCell.of(past, onlyCase, installation, farm.images());
        Unfinished.endReruns(farm, queue::isOurs);
        return cellRuns.again(cell.cell(), past.line().run(), Attempt.Kind.RERUN, cell.image());
    }

    /** Cancels everything under way and everything that is still to come; callable from any thread. */
    public void stop() {
        engine.stop();
    }

    /** Runs cells to their ends. */
    public void run(List<CellRun> cells) {
        cells.stream()
                .map(cell -> cell.id().run())
                .distinct()
                .forEach(run -> retries.allow(run, store.history().cells(run).size()));
        try {
            engine.run(cells);
        } finally {
            cells.stream()
                    .filter(cell -> cell.id().kind() != Attempt.Kind.RERUN)
                    .map(cell -> cell.id().run())
                    .distinct()
                    .forEach(this::end);
            changed.run();
        }
    }

    /** A run whose ends could not all be stored stays open: the next process takes it up. */
    private void end(long run) {
        if (store.openAttempts().stream().anyMatch(attempt -> attempt.run() == run)) {
            return;
        }
        Notifications told = notifications;
        if (told != null) {
            // First this: who dies in between tells it again, and whoever was told is not told twice.
            told.runEnded(run);
        }
        store.close(run, clock.instant());
        queue.forget(run);
    }

    /** From now on the guests of cells that end badly are kept that long. */
    public void keepFailed(Duration time) {
        farm.kept().keepFor(time);
    }

    /** From now on the guests of cells are kept that long, whatever their suites come to. */
    public void keepAll(Duration time) {
        farm.kept().keepAllFor(time);
    }

    /**
     * The guest of one cell is kept that long, whatever its suite comes to, also by the process after this; one that is kept
     * already, from now on.
     *
     * @throws FarmFailed when it has ended
     */
    public void keep(long run, CellKey cell, Duration time) throws FarmFailed, IOException {
        if (farm.kept().extend(run, cell, time)) {
            return;
        } else if (!queue.open().contains(run) || !queue.unended(run).contains(cell)) {
            throw new FarmFailed("cannot keep the guest of " + cell + " of run " + run
                    + ": it has ended, or there is none; 'muster rerun " + cell
                    + " --keep 2h' runs it again and keeps its guest");
        }
        farm.kept().keep(run, cell, time);
    }

    /**
     * Cancels what is under way or waits for its turn, and ends kept guests; how many.
     *
     * @throws IllegalArgumentException with a message for people when it is no selector
     */
    public int cancel(String selector) {
        try {
            Selector chosen = Selector.parse(List.of(selector));
            int queued = queue.cancel(chosen::selects);
            queueApi.turnsChanged();
            return queued
                    + engine.cancel(cell -> chosen.selects(cell.key()))
                    + farm.kept().end(kept -> chosen.selects(kept.cell()));
        } catch (IOException unended) {
            throw new UncheckedIOException(unended);
        } catch (ConfigError unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }

    /** Ends guests that nobody has claimed, and boots no more ahead. */
    public void endAhead() {
        pool.close();
    }

    /** Ends guests that prepared images, or were booted ahead, for a process that is no more. */
    private void cleanUp() throws IOException {
        farm.kept().takeUp();
        for (GuestDriver driver : drivers.values()) {
            if (driver.templating().isPresent()) {
                driver.templating().get().cleanUp();
            }
        }
        WarmPool.clear(home.preparing(), drivers.values());
        WarmPool.clear(home.pool(), drivers.values());
    }

    /** Lets go of the home. Guests under way are left alone: the next process takes them up. */
    @Override
    public void close() throws IOException {
        pool.close();
        api.close();
        upkeep.close();
        report.close();
        store.close();
        lock.close();
    }
}
