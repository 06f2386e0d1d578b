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
 * is remembered, so that this may be broken off and begun again at any byte. While the suite is silent, two threads wait
 * on their channels and nothing runs on either side.
 */
final class Follower {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** For each file another of the attempt's that is written once, before anything of it; see attempt.sh. */
    private static final Map<String, String> UNCHANGING = Map.of("journal", "boot", "log", "pid");

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
        this.files = Map.of("journal", journal, "log", log);
        this.lastOutput = clock.instant();
    }

    private sealed interface Event {
        /** A file's channel ended: because the script has, or because a ceiling was reached. */
        record Through(boolean ended) implements Event {}

        record Broken(Exception cause) implements Event {}
    }

    SuiteEnding follow(Instant startedAt, SuiteRunner.Limits limits) throws IOException, InterruptedException {
        for (Path file : files.values()) {
            new FileOutputStream(file.toFile(), true).close();
        }
        try (ExecutorService copiers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                files.keySet().forEach(file -> copiers.execute(() -> copy(file)));
                watch(startedAt.plus(limits.suite()), limits.silence());
            } finally {
                copiers.shutdownNow();
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
        int open = files.size();
        while (true) {
            Instant silentAt = lastOutput.plus(silence);
            Instant next = silentAt.isBefore(deadline) ? silentAt : deadline;
            Duration wait = Duration.between(clock.instant(), next);
            Event event = events.poll(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            switch (event) {
                case Event.Through(boolean ended) -> {
                    open--;
                    if (ended && open > 0) {
                        events.poll(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    if (ended) {
                        return;
                    }
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

    /** Where a file is cut, another that never grows is followed in its place: that ends with the script too. */
    private void awaitEnd(String cut) {
        try {
            int code = GuestAttempt.RUNNING;
            while (code == GuestAttempt.RUNNING) {
                try {
                    code = attempt.follow(
                            java.util.Objects.requireNonNull(UNCHANGING.get(cut)), 0, OutputStream.nullOutputStream());
                } catch (GuestShell.ConnectionCut broken) {
                    code = attempt.state().code();
                }
                if (code == GuestAttempt.RUNNING) {
                    patience.pause();
                }
            }
            events.add(new Event.Through(true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            events.add(new Event.Broken(e));
        }
    }

    private void copy(String file) {
        try {
            int code = GuestAttempt.RUNNING;
            while (code == GuestAttempt.RUNNING) {
                long here = Files.size(path(file));
                try (OutputStream sink = appender(file)) {
                    code = attempt.follow(file, here, sink);
                } catch (GuestShell.ConnectionCut cut) {
                    patience.pause();
                    code = attempt.state().code();
                }
                if (code == GuestAttempt.RUNNING && Files.size(path(file)) == here) {
                    patience.pause();
                }
            }
            events.add(new Event.Through(true));
        } catch (CeilingReached reached) {
            events.add(new Event.Through(false));
            awaitEnd(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            events.add(new Event.Broken(e));
        }
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
        for (String file : List.of("journal", "log")) {
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
