package muster.reports.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The matrices that are run by themselves. */
public record SchedulePage(List<Row> rows) {

    /**
     * A matrix.
     *
     * @param cron in Quartz's format; empty where nothing is run of it
     * @param next the next times in its own zone, for people, the earliest first
     * @param problem why its file makes no sense, or null
     */
    public record Row(
            String matrix,
            String cron,
            String zone,
            List<String> next,
            boolean paused,
            @Nullable String problem) {}
}
