package muster.reports.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.view.Change;
import muster.testsuites.ResultFormat;
import muster.testsuites.format.ResultFormats;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Measures a store of its own on one engine, and beside it what a row for each result takes there. */
public final class StoreBench {

    private static final int JOURNAL = 50_000;
    private static final int ROW_SAMPLE = 500_000;

    private final Path folder;
    private final @Nullable DatabaseAddress address;
    private final int nights;
    private final BenchFarm.Size size;
    private final Consumer<String> doing;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * One line of the table.
     *
     * @param what was measured, and in which unit
     * @param target as a number in that unit
     * @param atLeast whether it is to be at least the target, and not at most
     */
    public record Figure(String what, double target, boolean atLeast, double measured) {

        public boolean holds() {
            return atLeast ? measured >= target : measured <= target;
        }
    }

    /**
     * @param folder an empty one, for the H2 file and what else there is
     * @param address an empty PostgreSQL database, or null for H2
     * @param nights how many, at least 2
     * @param size of each
     * @param doing hears what is under way
     */
    public StoreBench(
            Path folder, @Nullable DatabaseAddress address, int nights, BenchFarm.Size size, Consumer<String> doing) {
        this.folder = folder;
        this.address = address;
        this.nights = nights;
        this.size = size;
        this.doing = doing;
    }

    /** Measures everything; takes minutes. */
    public List<Figure> run() throws IOException {
        BenchFarm farm = new BenchFarm(size, 1);
        long first;
        try (JdbiResultStore store = open()) {
            farm.night(store);
        }
        first = bytes();
        try (JdbiResultStore store = open()) {
            nights(store, farm);
        }
        long all = bytes();
        double each = (double) (all - first) / ((nights - 1.0) * size.results());
        doing.accept("a row for each of " + ROW_SAMPLE + " results");
        double row = new RowTable(size, nights).bytesEach(ROW_SAMPLE, folder, address, this::bytes);
        doing.accept(String.format(
                Locale.ROOT, "bytes for each unchanged result: %.3f, and a row of its own: %.1f", each, row));
        add("bytes per unchanged result, a row's bytes / these", 75, true, row / each);
        add("megabytes after " + nights + " nights", 400, false, all / 1e6);
        try (JdbiResultStore store = open()) {
            askHistory(store, farm);
            ingest(store);
            newFailures(store);
            heap(store);
        }
        return List.copyOf(figures);
    }

    private void nights(ResultStore store, BenchFarm farm) throws IOException {
        for (int night = 2; night <= nights; night++) {
            if (night % 50 == 0) {
                doing.accept("night " + night + " of " + nights);
            }
            farm.night(store);
        }
    }

    private void askHistory(ResultStore store, BenchFarm farm) {
        String suite = farm.cells().getFirst().suite();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = BenchFarm.name(i * 13 % size.cases());
            millis.add(millis(() -> store.history().caseHistory(suite, name, nights)));
        }
        add(
                "a case's history over " + nights + " nights x " + size.distributions() + " distributions, ms",
                20,
                false,
                median(millis, 20));
        List<Double> troubled = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            troubled.add(millis(() -> store.history().troubled(30)));
        }
        add("cases bad or changed in 30 nights, ms", 200, false, median(troubled, 3));
    }

    private void ingest(ResultStore store) throws IOException {
        List<Double> firstSeen = new ArrayList<>();
        List<Double> unchanged = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            doing.accept("a journal of " + JOURNAL + " cases, round " + (round + 1) + " of 5");
            firstSeen.add(casesPerSecond(store, "ingest-" + round));
            for (int again = 0; again < 3; again++) {
                unchanged.add(casesPerSecond(store, "ingest-" + round));
            }
        }
        boolean shared = address != null;
        add("cases/s of an unchanged journal, parse to commit", 250_000, true, median(unchanged, 3));
        add("cases/s of a journal first seen", shared ? 100_000 : 30_000, true, median(firstSeen, 1));
    }

    private static double casesPerSecond(ResultStore store, String suite) throws IOException {
        CellKey cell = new CellKey("distribution-0", suite, "full", "uml");
        long run = store.queue(new NewRun("ingest", "ab".repeat(32), Instant.EPOCH, Map.of(), List.of(cell)));
        Attempt attempt = store.begin(run, cell, Attempt.Kind.MAIN, Instant.EPOCH);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < JOURNAL; i++) {
            text.append(i % 50 == 0 ? "FAIL: " : "PASS: ")
                    .append(BenchFarm.name(i))
                    .append('\n');
        }
        byte[] journal =
                text.append("END: ").append(JOURNAL).append('\n').toString().getBytes(StandardCharsets.UTF_8);
        ResultFormat format = ResultFormats.named("toybox").orElseThrow();
        long from = System.nanoTime();
        store.finish(attempt, sink -> format.read(new ByteArrayInputStream(journal), sink), StoreBench::failed);
        return JOURNAL / ((System.nanoTime() - from) / 1e9);
    }

    private void newFailures(ResultStore store) throws IOException {
        doing.accept("two runs of 1,000,000 results");
        BenchFarm large = new BenchFarm(new BenchFarm.Size(20, 1, 50_000, 0.001), 2);
        large.night(store);
        long run = large.night(store);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            millis.add(millis(() -> store.comparison().sinceBaseline(run, 1_000).of(Change.BROKEN)));
        }
        add("new failures of a run of 1,000,000 results, ms", 200, false, median(millis, 3));
    }

    /** The live heap while a journal is read that says much of each of its cases, above what it was before. */
    private void heap(ResultStore store) throws IOException {
        doing.accept("a journal of a gigabyte");
        CellKey cell = new CellKey("distribution-0", "large", "full", "uml");
        long run = store.queue(new NewRun("large", "ab".repeat(32), Instant.EPOCH, Map.of(), List.of(cell)));
        Attempt attempt = store.begin(run, cell, Attempt.Kind.MAIN, Instant.EPOCH);
        try (LargeJournal journal = new LargeJournal(JOURNAL, 1L << 30)) {
            ResultFormat format = ResultFormats.named("toybox").orElseThrow();
            store.finish(attempt, sink -> format.read(journal, sink), StoreBench::failed);
            add(
                    "live heap while a journal of 1 GiB is read, above idle, MiB",
                    64,
                    false,
                    journal.heapAboveIdle() / 0x1p20);
        }
    }

    private static Ending failed(ResultStore.Reading read) {
        return new Ending(
                Outcome.FAILED,
                read.counts().bad() + " bad",
                Instant.EPOCH,
                0,
                true,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private JdbiResultStore open() throws IOException {
        return address == null
                ? JdbiResultStore.open(folder, Clock.systemUTC())
                : JdbiResultStore.open(address, folder, Clock.systemUTC());
    }

    /** Of the closed H2 file, without what commits left behind in it, or of all tables and indexes. */
    private long bytes() throws IOException {
        DatabaseAddress shared = address;
        if (shared == null) {
            H2Space.pack(Database.h2File(folder));
            return Files.size(Database.h2File(folder));
        }
        try (Connections connections = new Connections(Database.of(shared.url()), shared)) {
            return connections.look(StoreBench::tableBytes);
        }
    }

    private static long tableBytes(Handle handle) {
        return handle.createQuery("SELECT CAST(SUM(pg_total_relation_size(c.oid)) AS BIGINT) FROM pg_class c "
                        + "JOIN pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE c.relkind = 'r' AND n.nspname = current_schema()")
                .mapTo(Long.class)
                .one();
    }

    private void add(String what, double target, boolean atLeast, double measured) {
        Figure figure = new Figure(what, target, atLeast, measured);
        figures.add(figure);
        doing.accept(String.format(Locale.ROOT, "%s: %.1f", what, measured));
    }

    private static double millis(Runnable work) {
        long from = System.nanoTime();
        work.run();
        return (System.nanoTime() - from) / 1e6;
    }

    /** Without the first {@code warm}, which only warm the program. */
    private static double median(List<Double> values, int warm) {
        List<Double> sorted =
                values.subList(warm, values.size()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
