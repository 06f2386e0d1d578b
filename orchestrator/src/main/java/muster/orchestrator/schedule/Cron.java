package muster.orchestrator.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.ConfigProblem;
import muster.orchestrator.matrix.Schedule;
import org.quartz.CronExpression;

/** Cron expressions as Quartz reads them. */
public final class Cron {

    /** Numbers that stand for {@code ?} and {@code *} inside of Quartz, which takes them from outside too. */
    private static final Pattern INTERNAL = Pattern.compile("\\b9[89]\\b");

    private Cron() {}

    /**
     * The next times at which a schedule is due.
     *
     * @return at most {@code count}, the earliest first
     * @throws ConfigError when its expression cannot be read, or is never due again
     */
    public static List<Instant> next(Schedule schedule, Instant after, int count) throws ConfigError {
        CronExpression expression = read(schedule);
        List<Instant> times = new ArrayList<>();
        Date time = expression.getNextValidTimeAfter(Date.from(after));
        while (time != null && times.size() < count) {
            times.add(time.toInstant());
            time = expression.getNextValidTimeAfter(time);
        }
        if (times.isEmpty()) {
            throw wrong(schedule, "the schedule is never due again", "a cron expression of times to come");
        }
        return times;
    }

    private static CronExpression read(Schedule schedule) throws ConfigError {
        String cron = schedule.cron().value();
        if (INTERNAL.matcher(cron).find()) {
            throw wrong(schedule, "no field of the cron expression '" + cron + "' has a 98 or 99", "its own numbers");
        }
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(schedule.zone()));
            return expression;
        } catch (ParseException unreadable) {
            throw wrong(
                    schedule,
                    "cannot read the cron expression '" + cron + "': " + unreadable.getMessage(),
                    "seconds, minutes, hours, day of the month, month, day of the week");
        }
    }

    private static ConfigError wrong(Schedule schedule, String message, String expected) {
        return new ConfigError(List.of(new ConfigProblem(schedule.cron().place(), message, expected, null)));
    }
}
