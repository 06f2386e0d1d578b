package muster.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import org.jspecify.annotations.Nullable;

/**
 * What this store is measured against: a row for each result, with the two indexes that its questions need. Its strings are
 * interned, too; durations are nanoseconds, since a store keeps them as they were read. The rows are those of a
 * {@link BenchFarm}'s nights in their order, an attempt at a time, under the numbers that attempts and cases have by then.
 */
final class RowTable {

    private final BenchFarm.Size size;
    private final int nights;
    private final Map<String, Long> messages = new TreeMap<>(Map.of("", 0L));

    /** @param nights after how many the measured ones begin */
    RowTable(BenchFarm.Size size, int nights) {
        this.size = size;
        this.nights = nights;
    }

    /** Asks how much a shared database takes. */
    @FunctionalInterface
    interface Bytes {
        long now() throws IOException;
    }

    /** Of at least so many rows. */
    double bytesEach(int rows, Path folder, @Nullable DatabaseAddress shared, Bytes bytes) throws IOException {
        Path beside = Files.createDirectories(folder.resolve("rows"));
        DatabaseAddress address = shared == null ? new DatabaseAddress(Database.h2Url(beside), null, null) : shared;
        long before = shared == null ? 0 : bytes.now();
        BenchFarm farm = new BenchFarm(size, 1);
        Connections connections = new Connections(Database.of(address.url()), address);
        long written = 0;
        try {
            create(connections);
            for (int night = 0; written < rows; night++) {
                for (int cell = 0; cell < farm.cells().size(); cell++) {
                    long attempt =
                            1 + cell + (long) (nights + night) * farm.cells().size();
                    int firstCase = 1 + cell % size.suites() * size.cases();
                    written += insert(connections, attempt, firstCase, farm, cell);
                }
            }
        } finally {
            connections.close();
        }
        if (shared == null) {
            H2Space.pack(Database.h2File(beside));
        }
        return (double) (shared == null ? Files.size(Database.h2File(beside)) : bytes.now() - before) / written;
    }

    private static void create(Connections connections) {
        connections.change(handle -> {
            handle.execute("CREATE TABLE bench_row (attempt BIGINT NOT NULL, case_number INTEGER NOT NULL, "
                    + "verdict SMALLINT NOT NULL, native_word INTEGER NOT NULL, duration BIGINT, "
                    + "line BIGINT NOT NULL, message BIGINT NOT NULL, PRIMARY KEY (attempt, case_number))");
            handle.execute("CREATE INDEX bench_row_by_case ON bench_row (case_number, attempt)");
        });
    }

    private int insert(Connections connections, long attempt, int firstCase, BenchFarm farm, int cell) {
        Rows rows = new Rows(firstCase);
        farm.results(cell, rows);
        List<Long> attempts = Collections.nCopies(rows.cases.size(), attempt);
        connections.change(handle -> Bulk.insert(
                handle,
                "bench_row",
                List.of(
                        new Bulk.Column<>("attempt", "BIGINT", Long.class, attempts),
                        new Bulk.Column<>("case_number", "INTEGER", Integer.class, rows.cases),
                        new Bulk.Column<>("verdict", "INTEGER", Integer.class, rows.verdicts),
                        new Bulk.Column<>("native_word", "INTEGER", Integer.class, rows.verdicts),
                        new Bulk.Column<>("duration", "BIGINT", Long.class, rows.nanos),
                        new Bulk.Column<>("line", "BIGINT", Long.class, rows.lines),
                        new Bulk.Column<>("message", "BIGINT", Long.class, rows.said))));
        return rows.cases.size();
    }

    private final class Rows implements ResultSink {

        private final int firstCase;
        private final List<Integer> cases = new ArrayList<>();
        private final List<Integer> verdicts = new ArrayList<>();
        private final List<Long> nanos = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private final List<Long> said = new ArrayList<>();

        Rows(int firstCase) {
            this.firstCase = firstCase;
        }

        @Override
        public void result(CaseResult result) {
            cases.add(firstCase + cases.size());
            verdicts.add((int) VerdictCodes.of(result.verdict()));
            nanos.add(Objects.requireNonNull(result.duration()).toNanos());
            lines.add(result.line());
            said.add(messages.computeIfAbsent(result.message(), text -> (long) messages.size()));
        }

        @Override
        public void unreadable(long line, String seen, String expected) {
            throw new IllegalStateException("cannot measure: line " + line + " is made up and not to be read");
        }

        @Override
        public void truncated(String why) {
            throw new IllegalStateException("cannot measure: the journal is cut: " + why);
        }
    }
}
