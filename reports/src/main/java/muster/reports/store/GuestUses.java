package muster.reports.store;

import java.time.Duration;
import java.util.List;
import muster.reports.Attempt;
import muster.reports.GuestUse;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What guests have used of their hosts. */
final class GuestUses {

    private GuestUses() {}

    /** What a guest was given. */
    record Shape(long memoryBytes, int cpus) {}

    static void add(Handle handle, Attempt attempt, String role, GuestUse use) {
        Fence.pass(handle, attempt);
        handle.createUpdate("INSERT INTO guest_use (attempt, role, memory, cpus, peak, cpu_millis, wall_millis) "
                        + "SELECT CAST(:attempt AS BIGINT), CAST(:role AS VARCHAR), CAST(:memory AS BIGINT), "
                        + "CAST(:cpus AS INTEGER), CAST(:peak AS BIGINT), CAST(:cpu AS BIGINT), CAST(:wall AS BIGINT) "
                        + "WHERE NOT EXISTS (SELECT 1 FROM guest_use u WHERE u.attempt = :attempt AND u.role = :role)")
                .bind("attempt", attempt.id())
                .bind("role", role)
                .bind("memory", use.memoryBytes())
                .bind("cpus", use.cpus())
                .bind("peak", use.peakBytes())
                .bind("cpu", use.cpu().toMillis())
                .bind("wall", Math.max(1, use.wall().toMillis()))
                .execute();
    }

    /** Those of a lane; one that was never run has none. The guest that was busiest for its time counts as such. */
    static List<GuestUse> of(Handle handle, @Nullable Long lane, Shape shape, int limit) {
        return handle.createQuery("SELECT MAX(u.peak) AS peak, "
                        + "MAX(CAST(u.cpu_millis AS DOUBLE PRECISION) / u.wall_millis) AS busy, "
                        + "MAX(u.wall_millis) AS wall FROM cell c JOIN guest_use u ON u.attempt = c.history "
                        + "WHERE c.lane = :lane AND u.memory = :memory AND u.cpus = :cpus "
                        + "GROUP BY c.lane, c.run ORDER BY c.lane DESC, c.run DESC LIMIT :limit")
                .bind("lane", lane)
                .bind("memory", shape.memoryBytes())
                .bind("cpus", shape.cpus())
                .bind("limit", limit)
                .map((row, context) -> new GuestUse(
                        shape.memoryBytes(),
                        shape.cpus(),
                        row.getLong("peak"),
                        Duration.ofMillis(Math.round(row.getDouble("busy") * row.getLong("wall"))),
                        Duration.ofMillis(row.getLong("wall"))))
                .list();
    }
}
