package muster.orchestrator.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.ssh.FarmKey;
import muster.reports.Attempt;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.Scope;
import muster.reports.Waiver;
import muster.reports.store.JdbiResultStore;
import muster.reports.store.UninterruptedStore;
import muster.reports.view.CellView;
import muster.testsuites.RunnerSettings;

/** A farm as it is at work, in all but its guests and images. A second one on the same home is another orchestrator. */
public final class TestFarm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Clock clock = Clock.systemUTC();
    private final Home home;
    private final ResultStore store;
    private final Farm farm;
    private final WarmPool pool;

    public TestFarm(Path folder, FakeDriver driver, Capacity capacity) throws IOException {
        this(folder, driver, capacity, WarmPool.Rules.NONE);
    }

    /** With guests that are booted ahead. */
    public TestFarm(Path folder, FakeDriver driver, Capacity capacity, WarmPool.Rules rules) throws IOException {
        home = Home.open(folder);
        store = UninterruptedStore.of(JdbiResultStore.open(home.store(), clock));
        pool = new WarmPool(rules, Map.of(FakeDriver.NAME, driver), capacity, home.pool(), clock);
        Boots boots = new Boots(Map.of(FakeDriver.NAME, driver), FarmKey.open(home.keys()), capacity, clock, pool);
        Board board = new Board(clock);
        Images images = new Images(
                new ImageStore(home.images(), Map.of(Recipe.Bootstrap.class, new EmptyImages()), new Tools(), clock),
                new SourceCache(home.sources(), Mirrors.of(Map.of())),
                boots,
                capacity,
                2,
                home.preparing(),
                clock);
        boots.bootAhead(images);
        farm = new Farm(
                home,
                clock,
                capacity,
                images,
                boots,
                new Results(store, board, clock, () -> {}),
                new KeptGuests(home, Map.of(FakeDriver.NAME, driver), clock, capacity),
                board,
                TestFarm::onDisk,
                (run, had) -> true,
                new TreeMap<>(Map.of("host.name", "testhost")));
    }

    public ResultStore store() {
        return store;
    }

    /** Accepts failures of a case until a day; it was recorded half a year ago. */
    public void waive(String cases, LocalDate until) {
        Waiver waiver = new Waiver(
                new Scope(cases, "suite", null, null, List.of("*")),
                Waiver.Kind.MINOR_FAULT,
                "known",
                "",
                "Ada",
                until.minusMonths(6),
                until);
        store.waivers().add(waiver, "Ada", clock.instant().minus(Duration.ofDays(180)));
        farm.results().accept(new Acceptance(List.of(), store.waivers(), ZoneOffset.UTC));
    }

    /** What attempts work with. */
    public Farm farm() {
        return farm;
    }

    Home home() {
        return home;
    }

    public WarmPool pool() {
        return pool;
    }

    KeptGuests keptGuests() {
        return farm.kept();
    }

    public Board board() {
        return farm.board();
    }

    /** Begins a run of these cells, ready to be executed. */
    public List<CellRun> queue(List<Cell> cells) {
        long run = store.queue(new NewRun(
                "test",
                "digest",
                clock.instant(),
                Map.of(),
                cells.stream().map(Cell::key).toList()));
        return cells.stream()
                .map(cell -> cellRun(cell, store.begin(run, cell.key(), Attempt.Kind.MAIN, clock.instant())))
                .toList();
    }

    CellRun queue(Cell cell) {
        return queue(List.of(cell)).getFirst();
    }

    /** The one attempt that an earlier orchestrator left open. */
    CellRun takeUp(Cell cell) {
        return cellRun(cell, store.openAttempts().getFirst());
    }

    /** Where an attempt keeps its things until it has ended. */
    public Path folder(CellRun run) {
        return home.attempt(run.id().id());
    }

    public CellView result(CellRun run) {
        return store.history().cell(run.id().run(), run.key()).orElseThrow();
    }

    /** What is kept of an attempt under a role. */
    String kept(CellRun run, String role) throws IOException {
        Ending.KeptFile file = result(run).files().stream()
                .filter(each -> each.role().equals(role))
                .findFirst()
                .orElseThrow();
        try (InputStream in = store.history().open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private CellRun cellRun(Cell cell, Attempt attempt) {
        farm.board().queued(attempt, null);
        Capacity.Need need =
                new Capacity.Need(cell.key().toString(), cell.guest().memoryBytes(), 1, 0);
        try {
            return new CellRun(farm, cell, attempt, need);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The places of suites and attempts, on the disk of a guest. */
    private static RunnerSettings onDisk(Path guestFolder) {
        Path disk = FakeDriver.disk(guestFolder);
        return new RunnerSettings(
                disk.resolve("suites").toString(),
                disk.resolve("attempts").toString(),
                PATIENCE,
                PAUSE,
                RunnerSettings.Ceilings.DEFAULT);
    }

    @Override
    public void close() {
        pool.close();
        store.close();
    }
}
