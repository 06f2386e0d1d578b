package muster.reports.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The history of lanes. At each run with history, what the change points of a lane say is exactly what that attempt's block
 * says. An attempt that comes late goes between two that are there: what it changes gets a point at its own run and, where
 * the next one has none, a point there that says what held before.
 */
final class ChangePoints {

    private ChangePoints() {}

    /**
     * Adds an attempt to the history of its lane.
     *
     * @param baseline verdict codes by case number of the lane's attempt before it
     * @param run its run
     * @param nextRun the next run that has history in this lane already, or null
     */
    static void add(Handle handle, long lane, byte[] baseline, CaseVerdicts reading, long run, @Nullable Long nextRun) {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> now = new ArrayList<>();
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < reading.size(); i++) {
            byte then = Compared.at(baseline, reading.number(i));
            if (then != reading.verdict(i)) {
                numbers.add(reading.number(i));
                now.add((int) reading.verdict(i));
                before.add((int) then);
            }
        }
        if (numbers.isEmpty()) {
            return;
        }
        Bulk.insert(
                handle,
                "change_point",
                List.of(
                        new Bulk.Column<>("lane", "BIGINT", Long.class, Collections.nCopies(numbers.size(), lane)),
                        new Bulk.Column<>("case_number", "INTEGER", Integer.class, numbers),
                        new Bulk.Column<>("run", "BIGINT", Long.class, Collections.nCopies(numbers.size(), run)),
                        new Bulk.Column<>("verdict", "INTEGER", Integer.class, now)));
        if (nextRun != null) {
            addUnlessThere(handle, lane, nextRun, numbers, before);
        }
    }

    /** A point that is there stands. */
    private static void addUnlessThere(
            Handle handle, long lane, long run, List<Integer> numbers, List<Integer> verdicts) {
        handle.createUpdate("INSERT INTO change_point (lane, case_number, run, verdict) "
                        + "SELECT CAST(:lane AS BIGINT), u.number, CAST(:run AS BIGINT), u.verdict "
                        + "FROM UNNEST(CAST(:numbers AS INTEGER ARRAY), CAST(:verdicts AS INTEGER ARRAY)) "
                        + "AS u(number, verdict) WHERE NOT EXISTS (SELECT 1 FROM change_point p "
                        + "WHERE p.lane = :lane AND p.case_number = u.number AND p.run = :run)")
                .bind("lane", lane)
                .bind("run", run)
                .bindArray("numbers", Integer.class, numbers)
                .bindArray("verdicts", Integer.class, verdicts)
                .execute();
    }
}
