package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.log.LogContext;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps guests whose attempts ended badly, until a moment: a timer of the host's own ends them then though no muster runs, and
 * what they leave in the home is cleared by the next one.
 */
public final class KeptGuests {

    private static final Logger LOG = LoggerFactory.getLogger(KeptGuests.class);

    /** The suite has said something about the distribution, and the guest is there to be looked at. */
    private static final Set<Outcome> WORTH_A_LOOK =
            EnumSet.of(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.SILENT, Outcome.PANICKED);

    /**
     * Ends process $2, if it is still the one that started at $3 (field 22 of proc_pid_stat(5)), at $1, in seconds since the
     * epoch. Looks at the clock again and again: a host may sleep meanwhile.
     */
    private static final String TIMER = """
            same() {
              stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
              ticks=$2
              set -- ${stat##*) }
              [ "${20}" = "$ticks" ]
            }
            while same "$2" "$3"; do
              [ "$(date +%s)" -lt "$1" ] || kill -9 "$2"
              sleep 2
            done
            """;

    private final Home home;
    private final Map<String, GuestDriver> drivers;
    private final Clock clock;
    private final @Nullable Capacity capacity;
    private final Map<Path, Capacity.Place> places = new ConcurrentHashMap<>();
    private volatile @Nullable Duration howLong;
    private volatile boolean whateverTheEnd;

    /**
     * @param capacity what they take places of, or null where no guests are started
     */
    public KeptGuests(Home home, Map<String, GuestDriver> drivers, Clock clock, @Nullable Capacity capacity) {
        this.home = home;
        this.drivers = drivers;
        this.clock = clock;
        this.capacity = capacity;
    }

    /** From now on guests of attempts that end badly are kept that long. */
    public void keepFor(Duration time) {
        howLong = time;
    }

    /** From now on guests of attempts are kept that long, whatever their suites came to. */
    public void keepAllFor(Duration time) {
        whateverTheEnd = true;
        howLong = time;
    }

    /**
     * The guest of one cell is kept that long, whatever its suite comes to; it stands in the folder of the run, so that the next
     * process keeps it too.
     */
    public synchronized void keep(long run, CellKey cell, Duration time) throws IOException {
        Files.createDirectories(home.run(run));
        Files.writeString(
                chosen(run),
                cell + " " + time.toSeconds() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * Kept guests of a cell are there for that long from now on, longer or shorter than they were to be.
     *
     * @return whether there are any
     */
    public synchronized boolean extend(long run, CellKey cell, Duration time) throws IOException {
        Instant until = clock.instant().plus(time);
        boolean any = false;
        for (Kept kept : Kept.list(home)) {
            Optional<Guest> guest = kept.run() == run && kept.cell().equals(cell) ? guest(kept) : Optional.empty();
            if (guest.isPresent() && !kept.isOverdue(clock.instant())) {
                Kept extended = kept.until(until, timer(until, guest.get()));
                extended.write(kept.folder(home));
                stop(kept.timer());
                if (places.containsKey(kept.folder(home))) {
                    endLater(extended);
                }
                any = true;
            }
        }
        return any;
    }

    private Path chosen(long run) {
        return home.run(run).resolve("kept-cells");
    }

    /** How long the guest of that cell is to be kept whatever it comes to; null where nobody asked. */
    private synchronized @Nullable Duration chosen(Attempt attempt) throws IOException {
        Path file = chosen(attempt.run());
        String cell = attempt.cell() + " ";
        return !Files.exists(file)
                ? null
                : Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(cell))
                        .map(line -> Duration.ofSeconds(Long.parseLong(line.substring(cell.length()))))
                        .reduce((_, later) -> later)
                        .orElse(null);
    }

    /** Whether its guest may be kept when it ends. */
    boolean isWanted(Attempt attempt) {
        try {
            return howLong != null || chosen(attempt) != null;
        } catch (IOException unreadable) {
            LOG.warn("cannot tell whether the guest of {} is to be kept", attempt.cell(), unreadable);
            return false;
        }
    }

    /** Ends those that are overdue, and clears what is left of dead ones; the others take their places. */
    public void takeUp() throws IOException {
        clear();
        for (Kept kept : Kept.list(home)) {
            hold(kept);
        }
    }

    /** Ends those that are overdue, and clears what is left of dead ones. */
    public void clear() throws IOException {
        end(kept -> kept.isOverdue(clock.instant()) || guest(kept).isEmpty());
    }

    /**
     * Ends kept guests.
     *
     * @return how many
     */
    public int end(Predicate<Kept> chosen) throws IOException {
        List<Kept> ended = Kept.list(home).stream().filter(chosen).toList();
        for (Kept kept : ended) {
            end(kept);
        }
        return ended.size();
    }

    /**
     * Decides about the guest that an attempt has left running.
     *
     * @param shard the name of the shard that it ran, or null where it ran all of the attempt
     * @param outcome what the attempt, or the shard, came to, or null when that is not stored
     * @return whether it is kept, with its folder; else it has ended
     */
    boolean decide(Cell cell, Attempt attempt, @Nullable String shard, @Nullable Outcome outcome, long memoryBytes)
            throws IOException {
        Path whole = home.attempt(attempt.id());
        Path folder = shard == null ? whole : whole.resolve(shard);
        Duration asked = chosen(attempt);
        Duration time = asked == null ? howLong : asked;
        AttemptRecord record = AttemptRecord.read(folder);
        Optional<Guest> guest = driver(cell.key().driver()).find(Boots.guestFolder(folder));
        if (guest.isEmpty()) {
            return false;
        }
        if (time == null || outcome == null || !isWorthALook(outcome, asked != null) || record.seed() == null) {
            guest.get().close();
            return false;
        }
        Instant until = clock.instant().plus(time);
        Kept kept = new Kept(
                attempt.run(),
                cell.key(),
                attempt.id(),
                outcome,
                record.seed(),
                memoryBytes,
                until,
                timer(until, guest.get()),
                shard);
        kept.write(folder);
        hold(kept);
        return true;
    }

    private boolean isWorthALook(Outcome outcome, boolean asked) {
        return WORTH_A_LOOK.contains(outcome) || ((whateverTheEnd || asked) && outcome == Outcome.PASSED);
    }

    private void hold(Kept kept) {
        if (capacity == null) {
            return;
        }
        places.put(
                kept.folder(home),
                capacity.enterRunning(new Capacity.Need(kept.label() + " (kept)", kept.memoryBytes(), 0, 0)));
        endLater(kept);
    }

    private void endLater(Kept kept) {
        Thread.ofVirtual().name("kept " + kept.label()).start(LogContext.carried(() -> endInTime(kept)));
    }

    private void endInTime(Kept kept) {
        try {
            TimeUnit.NANOSECONDS.sleep(kept.left(clock.instant()).toNanos());
            endOverdue(kept.folder(home));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException left) {
            LOG.error("cannot end the kept guest of {}; the next muster of this home tries again", kept.cell(), left);
        }
    }

    /** Unless its time has become another meanwhile: then somebody else waits for that. */
    private synchronized void endOverdue(Path folder) throws IOException {
        Optional<Kept> kept = Kept.read(folder).filter(each -> each.isOverdue(clock.instant()));
        if (kept.isPresent()) {
            end(kept.get());
        }
    }

    private static void stop(@Nullable HostProcess timer) {
        if (timer != null) {
            timer.kill();
        }
    }

    private static @Nullable HostProcess timer(Instant until, Guest guest) throws IOException {
        Optional<HostProcess> process = guest.process();
        return process.isPresent() ? startTimer(until, process.get()) : null;
    }

    private synchronized void end(Kept kept) throws IOException {
        Optional<Guest> guest = guest(kept);
        guest.ifPresent(Guest::close);
        stop(kept.timer());
        deleteFolder(kept);
        Capacity.Place place = places.remove(kept.folder(home));
        if (place != null) {
            place.close();
        }
    }

    /** What a shard came to is still needed as long as its attempt is under way. */
    private void deleteFolder(Kept kept) throws IOException {
        Path attempt = home.attempt(kept.attempt());
        if (kept.shard() != null && ShardPlan.read(attempt).isPresent()) {
            Kept.forget(kept.folder(home));
            return;
        }
        Folders.delete(kept.folder(home));
        if (kept.shard() != null && Kept.isEmpty(attempt)) {
            Folders.delete(attempt);
        }
    }

    private Optional<Guest> guest(Kept kept) {
        try {
            return driver(kept.driver()).find(kept.guestFolder(home));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot find the kept guest of " + kept.cell(), unreadable);
        }
    }

    private GuestDriver driver(String name) throws IOException {
        GuestDriver driver = drivers.get(name);
        if (driver == null) {
            throw new IOException("cannot find the kept guest: no driver '" + name + "' here");
        }
        return driver;
    }

    static HostProcess startTimer(Instant until, HostProcess process) throws IOException {
        long pid = new ProcessBuilder(
                        "setsid",
                        "sh",
                        "-c",
                        TIMER,
                        "muster-kept",
                        Long.toString(until.getEpochSecond()),
                        Long.toString(process.pid()),
                        Long.toString(process.startTicks()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .pid();
        return HostProcess.of(pid).orElseThrow(() -> new IOException("cannot start the timer of a kept guest"));
    }
}
