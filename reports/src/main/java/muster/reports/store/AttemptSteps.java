package muster.reports.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.Step;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When attempts came to their steps: each has a column of its own, in milliseconds from the attempt's beginning. */
final class AttemptSteps {

    private static final String ALL =
            Arrays.stream(Step.values()).map(AttemptSteps::column).collect(Collectors.joining(", "));

    private AttemptSteps() {}

    /** Of table {@code attempt}. */
    static String column(Step step) {
        return step.word() + "_after";
    }

    /** Those of an attempt that have their stamp; none for null. */
    static SortedMap<Step, Instant> of(Handle handle, @Nullable Long attempt) {
        return handle.createQuery("SELECT started_at, " + ALL + " FROM attempt WHERE id = :attempt")
                .bind("attempt", attempt)
                .reduceResultSet(new TreeMap<>(), (steps, row, context) -> {
                    for (Step step : Step.values()) {
                        Long after = row.getObject(column(step), Long.class);
                        if (after != null) {
                            steps.put(step, Instant.ofEpochMilli(row.getLong("started_at") + after));
                        }
                    }
                    return steps;
                });
    }

    /** Stamps a step unless it has its stamp; the attempt stands at the furthest step that has one. */
    static void stamp(Handle handle, long attempt, Step step, Instant at) {
        handle.createUpdate("UPDATE attempt SET " + column(step) + " = :at - started_at, "
                        + "step = GREATEST(step, :step) WHERE id = :attempt AND " + column(step) + " IS NULL")
                .bind("at", at.toEpochMilli())
                .bind("step", AttemptCodes.of(step))
                .bind("attempt", attempt)
                .execute();
    }
}
