package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import muster.reports.GuestRecord;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The guests of attempts. Most have one, on a host and of an image that others had before: it stands in the attempt's row, by
 * the number of what is alike. Those of other roles have rows of their own.
 */
final class Guests {

    /** Columns of a guest {@code f} that stands in the row of attempt {@code a}; then those of one that has its own. */
    static final String FIRST =
            "f.role, f.driver AS guest_driver, f.host, f.image, a.started_at + a.first_guest_after AS guest_at";

    static final String FURTHER = "f.role, f.driver AS guest_driver, f.host, f.image, f.started_at AS guest_at";

    private final Interned<GuestRecord> alike;

    Guests(Connections connections) {
        alike = new Interned<>(connections, "first_guest", Guests::insert);
    }

    /** A guest of the same role takes the place of the one before it. */
    void add(Handle handle, long attempt, GuestRecord guest) {
        String first = handle.createQuery("SELECT f.role FROM attempt a JOIN first_guest f ON f.id = a.first_guest "
                        + "WHERE a.id = :attempt")
                .bind("attempt", attempt)
                .mapTo(String.class)
                .findOne()
                .orElse(guest.role());
        if (first.equals(guest.role())) {
            UUID digest = Texts.digest(guest.role(), guest.driver(), guest.host(), guest.image());
            handle.execute(
                    "UPDATE attempt SET first_guest = ?, first_guest_after = ? - started_at WHERE id = ?",
                    Known.of(alike.ids(Map.of(digest, guest)), digest),
                    guest.startedAt().toEpochMilli(),
                    attempt);
            return;
        }
        handle.execute("DELETE FROM guest WHERE attempt = ? AND role = ?", attempt, guest.role());
        handle.execute(
                "INSERT INTO guest (attempt, role, driver, host, image, started_at) VALUES (?, ?, ?, ?, ?, ?)",
                attempt,
                guest.role(),
                guest.driver(),
                guest.host(),
                guest.image(),
                guest.startedAt().toEpochMilli());
    }

    /** Of one attempt, in the order in which they began; none for null. */
    static List<GuestRecord> of(Handle handle, @Nullable Long attempt) {
        return handle.createQuery("SELECT " + FIRST + " FROM attempt a JOIN first_guest f ON f.id = a.first_guest "
                        + "WHERE a.id = :attempt UNION ALL SELECT " + FURTHER
                        + " FROM guest f WHERE f.attempt = :attempt ORDER BY guest_at, role")
                .bind("attempt", attempt)
                .map((row, context) -> guest(row))
                .list();
    }

    /** From a row of such columns. */
    static GuestRecord guest(ResultSet row) throws SQLException {
        return new GuestRecord(
                row.getString("role"),
                row.getString("guest_driver"),
                row.getString("host"),
                row.getString("image"),
                Instant.ofEpochMilli(row.getLong("guest_at")));
    }

    private static void insert(Handle handle, List<Long> ids, List<UUID> digests, List<GuestRecord> guests) {
        for (int i = 0; i < ids.size(); i++) {
            GuestRecord guest = guests.get(i);
            handle.execute(
                    "INSERT INTO first_guest (id, digest, role, driver, host, image) VALUES (?, ?, ?, ?, ?, ?)",
                    ids.get(i),
                    digests.get(i),
                    guest.role(),
                    guest.driver(),
                    guest.host(),
                    guest.image());
        }
    }
}
