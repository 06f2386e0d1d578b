package muster.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.Retention;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Retention of one store and of the folder of files beside it. Files of the same database in other folders are left alone. */
final class JdbiRetention implements Retention {

    private final Connections connections;
    private final KeptFiles files;

    JdbiRetention(Connections connections, KeptFiles files) {
        this.connections = connections;
        this.files = files;
    }

    /** A kept file that is there. */
    private record Row(int place, KeptFile file) {}

    /**
     * What goes, row by row and file by file.
     *
     * @param rows by attempt
     * @param content the digests of content that nothing else has
     */
    private record Work(Plan plan, Map<Long, List<Row>> rows, Set<String> content) {}

    @Override
    public Plan plan(Rules rules, Instant now) throws IOException {
        Strewn strewn = strewn();
        return connections.look(handle -> work(handle, rules, now, strewn).plan());
    }

    @Override
    public Plan prune(Rules rules, Instant now) throws IOException {
        Strewn strewn = strewn();
        Work work = connections.write(handle -> {
            Work found = work(handle, rules, now, strewn);
            markRemoved(handle, found, now);
            return found;
        });
        for (String digest : work.content()) {
            files.remove(digest);
        }
        for (Path half : strewn.halves()) {
            Files.deleteIfExists(half);
        }
        return work.plan();
    }

    /**
     * What lies in the folder.
     *
     * @param sizes by digest
     * @param halves files that were never finished
     */
    private record Strewn(Map<String, Long> sizes, List<Path> halves, long halfBytes) {}

    private Strewn strewn() throws IOException {
        List<Path> halves = files.halves();
        long bytes = 0;
        for (Path half : halves) {
            bytes += Files.size(half);
        }
        return new Strewn(files.sizes(), halves, bytes);
    }

    private static Work work(Handle handle, Rules rules, Instant now, Strewn strewn) {
        Map<String, Long> there = strewn.sizes();
        Map<Long, List<Row>> rows = rows(handle);
        Map<Long, List<Row>> goingRows = new HashMap<>();
        List<RetentionQuery.Candidate> candidates = new ArrayList<>();
        for (RetentionQuery.Candidate each : RetentionQuery.going(handle, rules, now)) {
            List<Row> its = Known.of(rows, each.id()).stream()
                    .filter(row -> there.containsKey(row.file().digest()))
                    .toList();
            if (!its.isEmpty()) {
                candidates.add(each);
                goingRows.put(each.id(), its);
            }
        }
        Set<String> staying = new HashSet<>();
        Set<String> strays = new HashSet<>(there.keySet());
        rows.forEach((attempt, all) -> all.forEach(row -> {
            strays.remove(row.file().digest());
            if (!goingRows.containsKey(attempt)) {
                staying.add(row.file().digest());
            }
        }));
        Set<String> content = new HashSet<>();
        List<Going> going = new ArrayList<>();
        for (RetentionQuery.Candidate each : candidates) {
            List<KeptFile> its = new ArrayList<>();
            long bytes = 0;
            for (Row row : Known.of(goingRows, each.id())) {
                String digest = row.file().digest();
                its.add(row.file());
                bytes += !staying.contains(digest) && content.add(digest) ? Known.of(there, digest) : 0;
            }
            going.add(new Going(each.attempt(), each.outcome(), each.endedAt(), each.shown(), its, bytes));
        }
        long strayBytes = strewn.halfBytes();
        for (String stray : strays) {
            strayBytes += Known.of(there, stray);
        }
        content.addAll(strays);
        return new Work(new Plan(going, strays.size() + strewn.halves().size(), strayBytes), goingRows, content);
    }

    private static Map<Long, List<Row>> rows(Handle handle) {
        Map<Long, List<Row>> rows = new HashMap<>();
        handle.createQuery("SELECT attempt, place, role, name, digest, bytes, cut_at, removed_at FROM kept_file "
                        + "WHERE removed_at IS NULL ORDER BY attempt, place")
                .map((row, context) ->
                        Map.entry(row.getLong("attempt"), new Row(row.getInt("place"), CellQuery.file(row))))
                .forEach(row -> rows.computeIfAbsent(row.getKey(), attempt -> new ArrayList<>())
                        .add(row.getValue()));
        return rows;
    }

    private static void markRemoved(Handle handle, Work work, Instant now) {
        if (work.rows().isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("UPDATE kept_file SET removed_at = ? WHERE attempt = ? AND place = ?");
        work.rows()
                .forEach((attempt, rows) -> rows.forEach(row -> batch.add(now.toEpochMilli(), attempt, row.place())));
        batch.execute();
    }

    @Override
    public void pin(Pin pin, boolean pinned) {
        CellKey cell = pin.cell();
        int changed = connections.write(handle -> cell == null
                ? handle.execute("UPDATE run SET pinned = ? WHERE number = ?", pinned, pin.run())
                : handle.execute(
                        "UPDATE cell SET pinned = ? WHERE run = ? AND lane = ?",
                        pinned,
                        pin.run(),
                        Lanes.find(handle, cell)));
        if (changed == 0) {
            throw new IllegalArgumentException(
                    "cannot pin " + (cell == null ? "" : cell + " of ") + "run " + pin.run() + ": there is none");
        }
    }

    @Override
    public List<Pin> pins() {
        return connections.look(handle -> {
            List<Pin> pins = new ArrayList<>(handle.createQuery("SELECT number FROM run WHERE pinned ORDER BY number")
                    .map((row, context) -> new Pin(row.getLong(1), null))
                    .list());
            handle.createQuery(
                            "SELECT c.run, l.distribution, s.name AS suite, l.variant, l.driver FROM cell c "
                                    + "JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite WHERE c.pinned ORDER BY c.run")
                    .map((row, context) -> new Pin(row.getLong(1), CellLines.key(row)))
                    .forEach(pins::add);
            pins.sort(java.util.Comparator.comparingLong(Pin::run));
            return pins;
        });
    }
}
