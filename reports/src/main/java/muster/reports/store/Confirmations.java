package muster.reports.store;

import java.util.HashMap;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;

/** What became of new failures that were to be run again. */
final class Confirmations {

    /** Stands for all cases of an attempt of which nothing is said by their number. */
    static final int OTHERS = 0;

    private Confirmations() {}

    /** @param name null: of all others */
    static void add(Handle handle, long run, CellKey key, @Nullable String name, Confirmation said) {
        Fence.cell(handle, run, key);
        long suite = Lanes.suite(handle, key.suite()).orElseThrow();
        int number = name == null
                ? OTHERS
                : CaseNames.number(handle, suite, name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "cannot say what became of " + name + ": " + key + " has no such case"));
        handle.createUpdate("INSERT INTO confirmation (attempt, case_number, standing, failed, times, why) "
                        + "SELECT c.shown, CAST(:number AS INTEGER), CAST(:standing AS VARCHAR), CAST(:failed AS INTEGER), "
                        + "CAST(:times AS INTEGER), CAST(:why AS VARCHAR) FROM cell c WHERE c.run = :run AND c.lane = :lane "
                        + "AND NOT EXISTS (SELECT 1 FROM confirmation o WHERE o.attempt = c.shown "
                        + "AND o.case_number = :number)")
                .bind("number", number)
                .bind("standing", said.standing().word())
                .bind("failed", said.failed())
                .bind("times", said.times())
                .bind("why", Texts.bounded(said.why(), Texts.NOTE))
                .bind("run", run)
                .bind("lane", Lanes.find(handle, key))
                .execute();
    }

    /** By case number; {@link #OTHERS} stands for all the others. */
    static Map<Integer, Confirmation> of(Handle handle, long attempt) {
        Map<Integer, Confirmation> said = new HashMap<>();
        rows(handle, attempt).forEach(row -> said.put(row.getKey(), row.getValue()));
        return said;
    }

    /** By name; the empty one stands for all the others. */
    static Map<String, Confirmation> byName(Handle handle, long suite, long attempt) {
        Map<Integer, Confirmation> said = of(handle, attempt);
        if (said.isEmpty()) {
            return Map.of();
        }
        Map<Integer, String> names = new HashMap<>(CaseNames.names(
                handle,
                suite,
                said.keySet().stream()
                        .filter(number -> number != OTHERS)
                        .mapToInt(number -> number)
                        .toArray()));
        names.put(OTHERS, "");
        Map<String, Confirmation> byName = new HashMap<>();
        said.forEach((number, each) -> byName.put(Known.of(names, number), each));
        return byName;
    }

    private static ResultIterable<Map.Entry<Integer, Confirmation>> rows(Handle handle, long attempt) {
        return handle.createQuery(
                        "SELECT case_number, standing, failed, times, why FROM confirmation WHERE attempt = :attempt")
                .bind("attempt", attempt)
                .map((row, context) -> Map.entry(
                        row.getInt("case_number"),
                        new Confirmation(
                                Confirmation.Standing.ofWord(row.getString("standing")),
                                row.getInt("failed"),
                                row.getInt("times"),
                                row.getString("why"))));
    }
}
