package muster.orchestrator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import muster.orchestrator.guest.FarmFailed;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Has a home looked after: once a day, and every so often. It knows nothing of times that passed while it was not there, nor
 * of other processes: each looks after its own home.
 */
public final class UpkeepClock implements AutoCloseable {

    private static final String DAILY = "daily";
    private static final String OFTEN = "often";

    private final Scheduler scheduler;
    private final @Nullable Trigger daily;

    private UpkeepClock(Scheduler scheduler, @Nullable Trigger daily) {
        this.scheduler = scheduler;
        this.daily = daily;
    }

    /**
     * When what is done.
     *
     * @param at the time of day, or null for never
     * @param beat how often the other is done
     */
    public record Times(@Nullable LocalTime at, ZoneId zone, Duration beat) {}

    /**
     * Begins to tell it, on one thread of the clock's own.
     *
     * @param name of the home: two of one process do not share a clock
     */
    public static UpkeepClock start(String name, Times times, Runnable daily, Runnable often) throws FarmFailed {
        try {
            Scheduler scheduler = new StdSchedulerFactory(properties(name)).getScheduler();
            scheduler.setJobFactory((bundle, _) -> {
                Runnable work = bundle.getJobDetail().getKey().getName().equals(DAILY) ? daily : often;
                return context -> work.run();
            });
            Trigger atTime = daily(times);
            if (atTime != null) {
                scheduler.scheduleJob(job(DAILY), atTime);
            }
            scheduler.scheduleJob(
                    job(OFTEN),
                    TriggerBuilder.newTrigger()
                            .withIdentity(OFTEN)
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(times.beat().toMillis())
                                    .withMisfireHandlingInstructionNextWithRemainingCount()
                                    .repeatForever())
                            .build());
            scheduler.start();
            return new UpkeepClock(scheduler, atTime);
        } catch (SchedulerException broken) {
            throw new FarmFailed("cannot start the clock of the farm's upkeep: " + broken.getMessage(), broken);
        }
    }

    private static @Nullable Trigger daily(Times times) {
        LocalTime at = times.at();
        return at == null
                ? null
                : TriggerBuilder.newTrigger()
                        .withIdentity(DAILY)
                        .withSchedule(CronScheduleBuilder.dailyAtHourAndMinute(at.getHour(), at.getMinute())
                                .inTimeZone(TimeZone.getTimeZone(times.zone())))
                        .build();
    }

    private static JobDetail job(String name) {
        return JobBuilder.newJob(UpkeepJob.class).withIdentity(name).build();
    }

    private static Properties properties(String name) {
        Properties all = new Properties();
        all.setProperty("org.quartz.scheduler.instanceName", "upkeep of " + name);
        all.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        all.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        all.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        all.setProperty("org.quartz.threadPool.threadCount", "1");
        all.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        return all;
    }

    /** The first time of day after a moment; empty where there is none. */
    public Optional<Instant> next(Instant after) {
        return daily == null
                ? Optional.empty()
                : Optional.ofNullable(daily.getFireTimeAfter(Date.from(after))).map(Date::toInstant);
    }

    @Override
    public void close() throws FarmFailed {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException broken) {
            throw new FarmFailed("cannot close the clock of the farm's upkeep: " + broken.getMessage(), broken);
        }
    }

    /** What is known by name; the clock's job factory gives whoever runs it what is to be done. */
    static final class UpkeepJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException("not made by this clock's job factory");
        }
    }
}
