package muster.reports.store;

import java.time.Instant;
import java.util.List;
import muster.reports.AuditEntry;
import muster.reports.AuditLog;

/** The audit log, in the table {@code audit}. */
final class JdbiAuditLog implements AuditLog {

    private final Connections connections;

    JdbiAuditLog(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void add(Instant at, String who, String what, String on, String result) {
        connections.change(handle -> handle.execute(
                "INSERT INTO audit (done_at, who, what, subject, result) VALUES (?, ?, ?, ?, ?)",
                at.toEpochMilli(),
                cut(who),
                cut(what),
                cut(on),
                cut(result)));
    }

    @Override
    public List<AuditEntry> newest(int most, long before) {
        return connections.look(handle -> handle.createQuery(
                        "SELECT * FROM audit WHERE id < :before ORDER BY id DESC LIMIT :most")
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> new AuditEntry(
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("done_at")),
                        row.getString("who"),
                        row.getString("what"),
                        row.getString("subject"),
                        row.getString("result")))
                .list());
    }

    /** PostgreSQL takes no NUL. */
    private static String cut(String text) {
        String clean = text.replace('\0', '\ufffd');
        return clean.length() <= MOST ? clean : clean.substring(0, MOST - 1) + "…";
    }
}
