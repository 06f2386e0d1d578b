package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Withdrawal;
import muster.reports.Scope;
import muster.reports.Waiver;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Waivers to and from their table. */
final class WaiverRows {

    private WaiverRows() {}

    private static final String WAIVERS = "SELECT w.*, e.author AS ended_by, e.ended_at, e.reason AS ended_why "
            + "FROM waiver w LEFT JOIN waiver_end e ON e.waiver = w.id ";

    /** Those of this store: without those that came with a run from another one. */
    static List<RecordedWaiver> all(Handle handle) {
        return handle.createQuery(WAIVERS + "WHERE w.run IS NULL ORDER BY w.id")
                .map((row, context) -> read(row, row.getLong("id")))
                .list();
    }

    /** Those that can tell something of a run: this store's, or those with which the run came from another one. */
    static List<RecordedWaiver> of(Handle handle, long run) {
        boolean imported = handle.createQuery("SELECT imported IS NOT NULL FROM run WHERE number = :run")
                .bind("run", run)
                .mapTo(Boolean.class)
                .one();
        return imported
                ? handle.createQuery(WAIVERS + "WHERE w.run = :run ORDER BY w.id")
                        .bind("run", run)
                        .map((row, context) -> read(row, 0))
                        .list()
                : all(handle);
    }

    static long insert(Handle handle, Waiver waiver, String author, Instant at, @Nullable String file) {
        Scope scope = waiver.scope();
        LocalDate expires = waiver.expires();
        return handle.createUpdate("INSERT INTO waiver (cases, suite, version_from, version_to, distributions, kind, "
                        + "reason, reference, owner, since, expires, author, recorded_at, file) VALUES (:cases, :suite, "
                        + ":from, :to, :distributions, :kind, :reason, :reference, :owner, :since, :expires, :author, "
                        + ":at, :file)")
                .bind("cases", scope.cases())
                .bind("suite", scope.suite())
                .bind("from", scope.from())
                .bind("to", scope.to())
                .bind("distributions", String.join("\n", scope.distributions()))
                .bind("kind", waiver.kind().word())
                .bind("reason", waiver.reason())
                .bind("reference", waiver.reference())
                .bind("owner", waiver.owner())
                .bind("since", waiver.since().toString())
                .bind("expires", expires == null ? null : expires.toString())
                .bind("author", author)
                .bind("at", at.toEpochMilli())
                .bind("file", file)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static void end(Handle handle, long number, Withdrawal withdrawal) {
        handle.execute(
                "INSERT INTO waiver_end (waiver, author, ended_at, reason) VALUES (?, ?, ?, ?)",
                number,
                withdrawal.author(),
                withdrawal.at().toEpochMilli(),
                withdrawal.reason());
    }

    private static RecordedWaiver read(ResultSet row, long number) throws SQLException {
        String expires = row.getString("expires");
        Long endedAt = row.getObject("ended_at", Long.class);
        Waiver waiver = new Waiver(
                new Scope(
                        row.getString("cases"),
                        row.getString("suite"),
                        row.getString("version_from"),
                        row.getString("version_to"),
                        row.getString("distributions").lines().toList()),
                Waiver.Kind.ofWord(row.getString("kind")),
                row.getString("reason"),
                row.getString("reference"),
                row.getString("owner"),
                LocalDate.parse(row.getString("since")),
                expires == null ? null : LocalDate.parse(expires));
        return new RecordedWaiver(
                number,
                waiver,
                row.getString("author"),
                Instant.ofEpochMilli(row.getLong("recorded_at")),
                row.getString("file"),
                endedAt == null
                        ? null
                        : new Withdrawal(
                                row.getString("ended_by"), Instant.ofEpochMilli(endedAt), row.getString("ended_why")));
    }
}
