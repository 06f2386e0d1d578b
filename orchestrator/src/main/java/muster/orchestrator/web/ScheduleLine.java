package muster.orchestrator.web;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.schedule.Cron;
import org.jspecify.annotations.Nullable;

/**
 * A matrix that is run by itself, as it goes over the wire and as {@code schedule list --json} prints it.
 *
 * @param matrix its name
 * @param file where it lies
 * @param cron in Quartz's format; empty where nothing is run of it
 * @param zone the expression's time zone
 * @param next the next times, the earliest first
 * @param paused whether nothing becomes of them until it is resumed
 * @param problem why its file makes no sense, so that it counts as it was before, if it did; or null
 * @param leftOut the last times at which it was due and nothing was run of it, the newest first
 */
public record ScheduleLine(
        String matrix,
        String file,
        String cron,
        String zone,
        List<Instant> next,
        boolean paused,
        @Nullable String problem,
        List<LeftOut> leftOut) {

    private static final int TIMES = 10;

    /**
     * A time of which nothing came.
     *
     * @param why in words for people, without a full stop
     */
    public record LeftOut(Instant at, String why) {}

    /** A file of which nothing is run; it is called as its file is. */
    public static ScheduleLine unusable(Path file, String problem) {
        String name = String.valueOf(file.getFileName()).replaceAll("\\.yaml$", "");
        return new ScheduleLine(name, file.toString(), "", "", List.of(), false, problem, List.of());
    }

    /** Whether it is run by itself, as its file is or was. */
    public boolean runsByItself() {
        return !cron.isEmpty();
    }

    /**
     * A matrix with its next {@value #TIMES} times, of which none was left out.
     *
     * @throws ConfigError when its cron expression cannot be read
     */
    public static ScheduleLine of(
            String matrix, Path file, Schedule schedule, Instant now, boolean paused, @Nullable String problem)
            throws ConfigError {
        return new ScheduleLine(
                matrix,
                file.toString(),
                schedule.cron().value(),
                schedule.zone().getId(),
                Cron.next(schedule, now, TIMES),
                paused,
                problem,
                List.of());
    }

    /** The same with times that were left out. */
    public ScheduleLine with(List<LeftOut> times) {
        return new ScheduleLine(matrix, file, cron, zone, next, paused, problem, List.copyOf(times));
    }
}
