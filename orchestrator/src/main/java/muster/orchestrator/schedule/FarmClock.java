package muster.orchestrator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Schedule;
import muster.reports.store.DatabaseAddress;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.TriggerListenerSupport;

/**
 * Tells when matrices are due, by name. What it knows lies in the farm's database, so times that pass while no service is at
 * work are not forgotten, and of several services that share a database one is told.
 */
public final class FarmClock implements AutoCloseable {

    /** Quartz knows databases by name, in one process one of each. */
    private static final AtomicLong DATABASES = new AtomicLong();

    private static final String NAME = "muster";
    private static final Duration CHECK_IN = Duration.ofSeconds(7);

    private final Scheduler scheduler;
    private final boolean shared;
    private volatile @Nullable String resuming;

    /** Is told that a matrix is due; called on one of the clock's own threads. */
    @FunctionalInterface
    public interface Due {
        void due(String matrix, Instant at);

        /** A matrix was due, nobody was at work, and its schedule says that this time is skipped; it must not ask the database. */
        default void skipped(String matrix, Instant at) {}
    }

    private FarmClock(Scheduler scheduler, boolean shared) {
        this.scheduler = scheduler;
        this.shared = shared;
    }

    /** Its clock stands still until {@link #start}. */
    public static FarmClock open(DatabaseAddress database, Due due) throws FarmFailed {
        return open(database, due, CHECK_IN);
    }

    /**
     * The same.
     *
     * @param checkIn how often services that share a database say that they are there; one that has not for a while longer
     *     is taken for dead, and what it was told last is told to another. As often it looks whether the host's clock was
     *     moved
     */
    static FarmClock open(DatabaseAddress database, Due due, Duration checkIn) throws FarmFailed {
        boolean shared = database.url().startsWith("jdbc:postgresql:");
        try {
            FarmClock clock = new FarmClock(scheduler(properties(database, shared, checkIn)), shared);
            clock.scheduler.setJobFactory((bundle, _) ->
                    context -> due.due(bundle.getJobDetail().getKey().getName(), timeOf(context)));
            clock.scheduler.getListenerManager().addTriggerListener(clock.new Skipped(due));
            return clock;
        } catch (SchedulerException broken) {
            throw failed("open", broken);
        }
    }

    /** Each its own: Quartz would give the one that has the name already. */
    private static Scheduler scheduler(Properties properties) throws SchedulerException {
        synchronized (DATABASES) {
            Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
            SchedulerRepository.getInstance().remove(NAME);
            return scheduler;
        }
    }

    /** Tells of times that were missed and are not made up for, but not of those for which a person had paused the matrix. */
    private final class Skipped extends TriggerListenerSupport {
        private final Due due;

        Skipped(Due due) {
            this.due = due;
        }

        @Override
        public String getName() {
            return "skipped";
        }

        @Override
        public void triggerMisfired(Trigger trigger) {
            String matrix = trigger.getKey().getName();
            Date missed = trigger.getNextFireTime();
            if (trigger.getMisfireInstruction() == CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING
                    && missed != null
                    && !matrix.equals(resuming)) {
                due.skipped(matrix, missed.toInstant());
            }
        }
    }

    /** Of a job that another service, or this one before it ended, did not finish, the time at which that was due. */
    private static Instant timeOf(JobExecutionContext context) {
        return context.isRecovering()
                ? Instant.ofEpochMilli(context.getMergedJobDataMap()
                        .getLongValue(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS))
                : context.getScheduledFireTime().toInstant();
    }

    /** Its own connections, more of them than it has threads. */
    private static Properties properties(DatabaseAddress database, boolean shared, Duration checkIn) {
        Properties all = new Properties();
        String name = "farm-" + DATABASES.incrementAndGet();
        all.setProperty("org.quartz.scheduler.instanceName", NAME);
        all.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        all.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        all.setProperty("org.quartz.scheduler.idleWaitTime", Long.toString(checkIn.toMillis()));
        all.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        all.setProperty("org.quartz.threadPool.threadCount", "2");
        all.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        String store = "org.quartz.jobStore.";
        all.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        // H2 has the types of PostgreSQL that are in question.
        all.setProperty(store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        all.setProperty(store + "tablePrefix", "qrtz_");
        all.setProperty(store + "useProperties", "true");
        all.setProperty(store + "isClustered", Boolean.toString(shared));
        all.setProperty(store + "clusterCheckinInterval", Long.toString(checkIn.toMillis()));
        all.setProperty(store + "dataSource", name);
        String source = "org.quartz.dataSource." + name + ".";
        all.setProperty(source + "provider", "hikaricp");
        all.setProperty(source + "driver", shared ? "org.postgresql.Driver" : "org.h2.Driver");
        all.setProperty(source + "URL", database.url());
        all.setProperty(source + "user", Objects.requireNonNullElse(database.user(), ""));
        all.setProperty(source + "password", Objects.requireNonNullElse(database.password(), ""));
        all.setProperty(source + "maxConnections", "5");
        return all;
    }

    /** From now on these are the matrices that are due at times; one whose times are as they were keeps what it has missed. */
    public void set(Map<String, Schedule> schedules) throws FarmFailed {
        doing("set", () -> {
            // In a shared database one that is not known here may be another service's.
            if (!shared) {
                for (JobKey known : scheduler.getJobKeys(GroupMatcher.anyGroup())) {
                    if (!schedules.containsKey(known.getName())) {
                        scheduler.deleteJob(known);
                    }
                }
            }
            for (Map.Entry<String, Schedule> entry : schedules.entrySet()) {
                put(entry.getKey(), entry.getValue());
            }
        });
    }

    /** From now on this matrix is due at times, beside the others. */
    public void add(String matrix, Schedule schedule) throws FarmFailed {
        doing("set", () -> put(matrix, schedule));
    }

    private void put(String matrix, Schedule schedule) throws SchedulerException {
        CronTrigger wanted = trigger(matrix, schedule);
        Trigger now = scheduler.getTrigger(wanted.getKey());
        JobDetail job = JobBuilder.newJob(DueJob.class)
                .withIdentity(matrix)
                .storeDurably()
                .requestRecovery()
                .build();
        scheduler.addJob(job, true);
        if (now == null) {
            scheduler.scheduleJob(wanted);
        } else if (!same(now, wanted)) {
            scheduler.rescheduleJob(wanted.getKey(), wanted);
        }
    }

    private static boolean same(Trigger now, CronTrigger wanted) {
        return now instanceof CronTrigger cron
                && cron.getCronExpression().equals(wanted.getCronExpression())
                && cron.getTimeZone().getID().equals(wanted.getTimeZone().getID())
                && cron.getMisfireInstruction() == wanted.getMisfireInstruction();
    }

    private static CronTrigger trigger(String matrix, Schedule schedule) {
        CronScheduleBuilder times = CronScheduleBuilder.cronSchedule(
                        schedule.cron().value())
                .inTimeZone(TimeZone.getTimeZone(schedule.zone()));
        return TriggerBuilder.newTrigger()
                .withIdentity(matrix)
                .forJob(matrix)
                .withSchedule(
                        switch (schedule.missed()) {
                            case RUN_ONCE -> times.withMisfireHandlingInstructionFireAndProceed();
                            case SKIP -> times.withMisfireHandlingInstructionDoNothing();
                        })
                .build();
    }

    /** Lets it tell what is due, and what was while it stood still. */
    public void start() throws FarmFailed {
        doing("start", scheduler::start);
    }

    /** Whether it tells what is due. */
    public boolean isRunning() throws FarmFailed {
        try {
            return scheduler.isStarted() && !scheduler.isInStandbyMode() && !scheduler.isShutdown();
        } catch (SchedulerException broken) {
            throw failed("ask", broken);
        }
    }

    /** When a matrix is due next; empty where it is paused or not known. */
    public Optional<Instant> next(String matrix) throws FarmFailed {
        try {
            Trigger trigger = scheduler.getTrigger(TriggerKey.triggerKey(matrix));
            boolean waits =
                    trigger != null && scheduler.getTriggerState(trigger.getKey()) != Trigger.TriggerState.PAUSED;
            return waits ? Optional.ofNullable(trigger.getNextFireTime()).map(Date::toInstant) : Optional.empty();
        } catch (SchedulerException broken) {
            throw failed("read", broken);
        }
    }

    /** Whether {@link #pause} holds for a matrix. */
    public boolean isPaused(String matrix) throws FarmFailed {
        try {
            return scheduler.getTriggerState(TriggerKey.triggerKey(matrix)) == Trigger.TriggerState.PAUSED;
        } catch (SchedulerException broken) {
            throw failed("read", broken);
        }
    }

    /** From now on a matrix is not due by itself. */
    public void pause(String matrix) throws FarmFailed {
        doing("pause", () -> scheduler.pauseTrigger(TriggerKey.triggerKey(matrix)));
    }

    /** Undoes {@link #pause}; what it missed meanwhile is treated as its schedule says of times that were missed. */
    public synchronized void resume(String matrix) throws FarmFailed {
        resuming = matrix;
        try {
            doing("resume", () -> scheduler.resumeTrigger(TriggerKey.triggerKey(matrix)));
        } finally {
            resuming = null;
        }
    }

    @Override
    public void close() throws FarmFailed {
        doing("close", () -> scheduler.shutdown(false));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SchedulerException;
    }

    private static void doing(String what, Work work) throws FarmFailed {
        try {
            work.run();
        } catch (SchedulerException broken) {
            throw failed(what, broken);
        }
    }

    private static FarmFailed failed(String what, SchedulerException broken) {
        return new FarmFailed("cannot " + what + " the farm's clock: " + broken.getMessage(), broken);
    }

    /** What stands in the database; whoever reads it there is given what to do by the job factory. */
    static final class DueJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException("not made by this clock's job factory");
        }
    }
}
