package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.log.LogContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a guest's console while the guest lives, on a thread of its own. A panic ends the attempt, also where the
 * machine is still there afterwards; everything else it finds is told and counted, and ends nothing. What it finds is
 * kept in the attempt's folder, so that the next orchestrator's watch, which reads the same console from its first byte,
 * goes on where this one was.
 */
public final class ConsoleWatch implements AutoCloseable {

    /** How many findings are kept; the others are counted. */
    static final int KEPT = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleWatch.class);
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofDays(36_500);

    /** After a panic's first line come its call trace and, with many kernels, the machine's end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** A console that grew within this is one to which the kernel still writes. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    private final Guest guest;
    private final Instructions instructions;
    private final Path folder;
    private final Clock clock;
    private final Instant since;
    private final ConsoleReader reader;
    private final FindingRecord findings;
    private final Thread watching;
    private @Nullable Instant grewAt;
    private @Nullable Runnable whenPanicked;
    private boolean panicTold;
    private volatile boolean closed;

    /**
     * How an attempt has its console watched.
     *
     * @param harmless lines that are no sign of trouble in this distribution, whatever they seem to say
     * @param step the word for the step at which the attempt is
     * @param told is told of every new finding that is kept, in a few words
     */
    public record Instructions(List<Pattern> harmless, Supplier<String> step, Consumer<String> told) {

        /** For guests in which no cell runs. */
        public static final Instructions NONE = new Instructions(List.of(), () -> "preparing", words -> {});
    }

    /**
     * Begins to watch.
     *
     * @param folder the attempt's
     * @param whenPanicked ends what is under way in the guest; called once, from another thread
     */
    ConsoleWatch(Guest guest, Instructions instructions, Path folder, Clock clock, Runnable whenPanicked)
            throws IOException {
        this.guest = guest;
        this.instructions = instructions;
        this.folder = folder;
        this.clock = clock;
        this.since = clock.instant();
        this.whenPanicked = whenPanicked;
        this.reader = new ConsoleReader(guest.console(), instructions.harmless());
        this.findings = FindingRecord.read(folder);
        this.watching = Thread.ofVirtual().name("console " + guest.console()).start(LogContext.carried(this::watch));
    }

    private void watch() {
        try {
            Deadline.in(NEVER).await(BEAT, () -> closed || look().isPresent());
            // The last words end with the machine, or are given a moment where it stays.
            Deadline.in(LAST_WORDS).await(BEAT, () -> closed || !guest.isAlive());
            look();
            panicked();
        } catch (InterruptedException stop) {
            LOG.debug("no longer watching {}", guest.console());
        } catch (UncheckedIOException unreadable) {
            LOG.error("cannot watch {} any longer", guest.console(), unreadable);
        }
    }

    /** Reads what is new; the panic, once there is one. */
    private synchronized Optional<String> look() {
        try {
            if (reader.read(this::found)) {
                grewAt = clock.instant();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Optional.ofNullable(reader.panic());
    }

    private void found(ConsoleSign sign, ConsoleReader.Line line) {
        if (sign == ConsoleSign.PANIC || findings.isFull() || findings.has(line.offset())) {
            return;
        }
        findings.add(new Finding(sign, clock.instant(), instructions.step().get(), line.text(), line.offset()));
        try {
            findings.write(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        instructions.told().accept("console: " + counted(reader.counts()));
    }

    private synchronized void panicked() {
        if (closed || reader.panic() == null) {
            return;
        }
        panicTold = true;
        if (whenPanicked != null) {
            whenPanicked.run();
        }
    }

    /** From now on a panic ends the attempt in another way; one that was seen before does so at once. */
    synchronized void whenPanicked(Runnable other) {
        whenPanicked = other;
        if (panicTold) {
            other.run();
        }
    }

    /**
     * What became of a guest that cannot be talked to any more, told by its console and its process.
     *
     * @param label names the guest
     * @param cut how that showed
     */
    public synchronized CellEnd end(String label, IOException cut) {
        Optional<CellEnd> panicked = panicEnd();
        if (panicked.isPresent()) {
            return panicked.get();
        }
        boolean ended = !guest.isAlive();
        if (ended && look().isPresent()) {
            return panicEnd().orElseThrow();
        }
        String exhausted = guest.exhausted();
        if (!exhausted.isEmpty()) {
            return new CellEnd.Exhausted("the guest of " + label + " " + exhausted);
        }
        if (ended) {
            return new CellEnd.Lost("the guest of " + label + " ended by itself: its process is gone and its console"
                    + " names no reason");
        }
        return new CellEnd.Lost(
                "cannot reach the guest of %s any more: %s; %s".formatted(label, cut.getMessage(), liveliness()));
    }

    private Optional<CellEnd> panicEnd() {
        return look().map(words -> new CellEnd.Panicked(words, reader.tail(ConsoleReader.LINES)));
    }

    /** Whether the kernel seems to live, in words. */
    private String liveliness() {
        Instant last = grewAt;
        if (last != null && last.plus(RECENT).isAfter(clock.instant())) {
            return "its kernel still writes to its console";
        }
        return "its console is silent since " + (last == null ? since : last).truncatedTo(ChronoUnit.SECONDS)
                + ", and its process still runs";
    }

    /** The panic of a guest that nobody watches any more, as its console tells it. */
    static Optional<CellEnd> panicOf(Path console) throws IOException {
        ConsoleReader reader = new ConsoleReader(console, List.of());
        reader.read((sign, line) -> {});
        return Optional.ofNullable(reader.panic())
                .map(words -> new CellEnd.Panicked(words, reader.tail(ConsoleReader.LINES)));
    }

    /** The last lines of a console, at most {@value ConsoleReader#LINES}. */
    static String tail(Path console, int count) throws IOException {
        ConsoleReader reader = new ConsoleReader(console, List.of());
        reader.read((sign, line) -> {});
        return reader.tail(count);
    }

    /** All that was found on an attempt's console, a line each, with the number of those that were not kept. */
    static List<String> notes(Path attemptFolder, Path console, List<Pattern> harmless) throws IOException {
        FindingRecord kept = FindingRecord.read(attemptFolder);
        List<String> notes =
                new ArrayList<>(kept.findings().stream().map(Finding::toString).toList());
        if (kept.isFull()) {
            ConsoleReader reader = new ConsoleReader(console, harmless);
            reader.read((sign, line) -> {});
            notes.add("on the console in all: " + counted(reader.counts()));
        }
        return notes;
    }

    private static String counted(Map<ConsoleSign, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().word() + (entry.getValue() == 1 ? "" : " " + entry.getValue() + " times"))
                .collect(Collectors.joining(", "));
    }

    /** Looks a last time, then stops. */
    @Override
    public void close() {
        if (!closed) {
            look();
            closed = true;
            watching.interrupt();
        }
    }
}
