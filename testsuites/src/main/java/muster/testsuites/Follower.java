package muster.testsuites;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import muster.testsuites.SuiteEnding.Cut;
import org.jspecify.annotations.Nullable;

/**
 * Copies journal and log of one running attempt until it ends. What is already here is the files' length: nothing else
 * is remembered, so that this may be broken off and begun again at any byte. While the suite is silent, a thread waits
 * on its channel and nothing runs on either side.
 */
final class Follower {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final String JOURNAL = "journal";
    private static final String LOG = "log";

    private final GuestAttempt attempt;
    private final Patience patience;
    private final RunnerSettings.Ceilings ceilings;
    private final Clock clock;
    private final Map<String, Path> files;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile Instant lastOutput;
    private boolean leftNothing;

    Follower(
            GuestAttempt attempt,
            Patience patience,
            RunnerSettings.Ceilings ceilings,
            Clock clock,
            Path journal,
            Path log) {
        this.attempt = attempt;
        this.patience = patience;
        this.ceilings = ceilings;
        this.clock = clock;
        this.files = Map.of(JOURNAL, journal, LOG, log);
        this.lastOutput = clock.instant();
    }

    private sealed interface Event {
        record Ended() implements Event {}

        record Broken(Exception cause) implements Event {}
    }

    SuiteEnding follow(Instant startedAt, SuiteRunner.Limits limits) throws IOException, InterruptedException {
        for (Path file : files.values()) {
            new FileOutputStream(file.toFile(), true).close();
        }
        try (ExecutorService copier = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                copier.execute(this::copy);
                watch(startedAt.plus(limits.suite()), limits.silence());
            } finally {
                copier.shutdownNow();
            }
        }
        return ending(limits);
    }

    /** Whether it has ended and says that there is nothing to collect. */
    boolean hasLeftNothing() {
        return leftNothing;
    }

    private void watch(Instant deadline, Duration silence) throws IOException, InterruptedException {
        Map<String, Long> known = Map.of();
        while (true) {
            Instant silentAt = lastOutput.plus(silence);
            Instant next = silentAt.isBefore(deadline) ? silentAt : deadline;
            Duration wait = Duration.between(clock.instant(), next);
            Event event = events.poll(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            switch (event) {
                case Event.Ended() -> {
                    return;
                }
                case Event.Broken(IOException cause) -> throw cause;
                case Event.Broken(Exception cause) -> throw new IllegalStateException(cause);
                case null -> {
                    Instant now = clock.instant();
                    if (!now.isBefore(deadline)) {
                        attempt.stop("suite");
                        return;
                    }
                    if (!now.isBefore(lastOutput.plus(silence))) {
                        GuestAttempt.State state = attempt.state();
                        if (state.code() != GuestAttempt.RUNNING) {
                            return;
                        }
                        if (isHere(state.sizes()) || state.sizes().equals(known)) {
                            attempt.stop("silence");
                            return;
                        }
                        known = state.sizes();
                        lastOutput = now;
                    }
                }
            }
        }
    }

    private boolean isHere(Map<String, Long> sizes) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (Files.size(file.getValue()) < sizes.getOrDefault(file.getKey(), 0L)) {
                return false;
            }
        }
        return true;
    }

    private void copy() {
        try {
            int code = GuestAttempt.RUNNING;
            while (code == GuestAttempt.RUNNING) {
                code = copyOn();
            }
            events.add(new Event.Ended());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            events.add(new Event.Broken(e));
        }
    }

    /** Copies until the end, the next cut of the connection, or until a file is past its ceiling. */
    private int copyOn() throws IOException, InterruptedException {
        long journal = Files.size(path(JOURNAL));
        long log = Files.size(path(LOG));
        int code;
        try (OutputStream journalSink = appender(JOURNAL);
                OutputStream logSink = appender(LOG)) {
            code = attempt.follow(from(JOURNAL, journal, journalSink), from(LOG, log, logSink));
        } catch (CeilingReached reached) {
            return GuestAttempt.RUNNING;
        } catch (GuestShell.ConnectionCut cut) {
            patience.pause();
            code = attempt.state().code();
        }
        boolean silent = Files.size(path(JOURNAL)) == journal && Files.size(path(LOG)) == log;
        if (code == GuestAttempt.RUNNING && silent) {
            patience.pause();
        }
        return code;
    }

    /** Of what has reached its ceiling no more is wanted. */
    private GuestAttempt.From from(String file, long size, OutputStream sink) {
        return new GuestAttempt.From(size < ceilings.of(file) ? size : null, sink);
    }

    /** After the end, or after a stop: nothing writes any more, so what is missing can be fetched. */
    private SuiteEnding ending(SuiteRunner.Limits limits) throws IOException, InterruptedException {
        GuestAttempt.State state = attempt.state();
        Instant giveUp = clock.instant().plus(GRACE);
        while (state.code() == GuestAttempt.RUNNING && clock.instant().isBefore(giveUp)) {
            patience.pause();
            state = attempt.state();
        }
        if (state.code() == GuestAttempt.KILLED) {
            attempt.stop("killed");
            state = attempt.state();
        }
        leftNothing = state.leftNothing();
        List<Cut> cuts = new ArrayList<>();
        for (String file : List.of(JOURNAL, LOG)) {
            Cut cut = fetchRest(file, state.sizes().getOrDefault(file, 0L));
            if (cut != null) {
                cuts.add(cut);
            }
        }
        Integer status = state.status();
        String stopped = state.stopped();
        if (stopped != null && stopped.equals("suite")) {
            return new SuiteEnding.TimedOut(limits.suite(), cuts);
        } else if (stopped != null && stopped.equals("silence")) {
            return new SuiteEnding.Silent(limits.silence(), cuts);
        } else if (status != null) {
            return new SuiteEnding.Exited(status, cuts);
        } else if (state.code() == GuestAttempt.REBOOTED) {
            return new SuiteEnding.Rebooted(cuts);
        }
        return new SuiteEnding.Killed(cuts);
    }

    private @Nullable Cut fetchRest(String file, long size) throws IOException, InterruptedException {
        long here = Files.size(path(file));
        while (here < size) {
            try (OutputStream sink = appender(file)) {
                attempt.rest(file, here, sink);
                if (Files.size(path(file)) == here) {
                    return new Cut(file, here, "the guest says it holds " + size + " bytes and gives no more");
                }
            } catch (CeilingReached reached) {
                return new Cut(file, ceilings.of(file), "it holds " + size + " bytes; no more is taken from a guest");
            } catch (GuestShell.ConnectionCut cut) {
                patience.pause();
                attempt.state();
            }
            here = Files.size(path(file));
        }
        return null;
    }

    private Path path(String file) {
        return java.util.Objects.requireNonNull(files.get(file));
    }

    private OutputStream appender(String file) throws IOException {
        return new BoundedAppender(path(file), ceilings.of(file), () -> lastOutput = clock.instant());
    }
}
