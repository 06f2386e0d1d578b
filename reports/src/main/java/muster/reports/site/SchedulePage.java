package muster.reports.site;

import java.util.List;

/** The matrices that are run by themselves. */
public record SchedulePage(List<Row> rows) {

    /**
     * A matrix.
     *
     * @param cron in Quartz's format; empty where nothing is run of it
     * @param next the next times in its own zone, for people, the earliest first
     * @param problem why its file makes no sense, a line for each reason; empty where it does
     * @param leftOut times at which nothing was run of it and why, for people, the newest first
     */
    public record Row(
            String matrix,
            String cron,
            String zone,
            List<String> next,
            boolean paused,
            List<String> problem,
            List<LeftOut> leftOut) {}

    /** A time of which nothing came. */
    public record LeftOut(String at, String why) {}
}
