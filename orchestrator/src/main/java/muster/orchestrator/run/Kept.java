package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.orchestrator.config.Durations;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.JsonFile;
import muster.reports.CellKey;
import muster.reports.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A guest whose attempt has ended badly and that runs on for a person to look into; {@code kept.json} in the attempt's
 * folder, which stays as long as the guest does.
 *
 * @param run the run's number
 * @param cell whose attempt it was
 * @param attempt the attempt's row
 * @param outcome how that ended
 * @param seed the guest's identity: its host key, its nonce
 * @param memoryBytes what it takes on the host
 * @param until when it is ended
 * @param timer the process that ends it then though no muster runs, or null where the driver names no process
 * @param shard the name of the shard that it ran, or null where it ran the whole cell
 */
public record Kept(
        long run,
        CellKey cell,
        long attempt,
        Outcome outcome,
        Seed seed,
        long memoryBytes,
        Instant until,
        @Nullable HostProcess timer,
        @Nullable String shard) {

    private static final String FILE = "kept.json";

    /** All in a home, the oldest attempt first, those that are overdue or dead too. */
    public static List<Kept> list(Home home) throws IOException {
        Path attempts = home.attempts();
        if (!Files.isDirectory(attempts)) {
            return List.of();
        }
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(attempts)) {
            for (Path folder : folders.toList()) {
                read(folder).ifPresent(all::add);
                for (Path shard : shards(folder)) {
                    read(shard).ifPresent(all::add);
                }
            }
        }
        all.sort((a, b) -> Long.compare(a.attempt(), b.attempt()));
        return all;
    }

    /** The folders in an attempt's. */
    private static List<Path> shards(Path attemptFolder) throws IOException {
        try (Stream<Path> inside = Files.list(attemptFolder)) {
            return inside.filter(Files::isDirectory).sorted().toList();
        }
    }

    static Optional<Kept> read(Path attemptFolder) throws IOException {
        return JsonFile.read(attemptFolder.resolve(FILE), Kept.class);
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** Whether nothing of any shard is left in an attempt's folder. */
    static boolean isEmpty(Path attemptFolder) throws IOException {
        return !Files.isDirectory(attemptFolder) || shards(attemptFolder).isEmpty();
    }

    /** The same, until another moment. */
    Kept until(Instant moment, @Nullable HostProcess newTimer) {
        return new Kept(run, cell, attempt, outcome, seed, memoryBytes, moment, newTimer, shard);
    }

    void write(Path attemptFolder) throws IOException {
        JsonFile.write(attemptFolder.resolve(FILE), this);
    }

    /** The name of the driver that runs it. */
    public String driver() {
        return cell.driver();
    }

    /** The folder of its attempt, or of its shard: what the guest said, and how to enter it. */
    public Path folder(Home home) {
        Path folder = home.attempt(attempt);
        return shard == null ? folder : folder.resolve(shard);
    }

    /** Its own folder, in which its driver finds it. */
    public Path guestFolder(Home home) {
        return Boots.guestFolder(folder(home));
    }

    /** For people: its cell, and its shard where it has one. */
    public String label() {
        return shard == null ? cell.toString() : cell + " " + shard;
    }

    /** For people: how to enter it, and until when it is there. */
    public String sentence(Instant now) {
        return "The guest of " + label() + " is kept for another " + Durations.format(left(now)) + ": muster shell "
                + cell + (shard == null ? "" : " --shard " + shard.substring(shard.indexOf('-') + 1));
    }

    public boolean isOverdue(Instant now) {
        return !now.isBefore(until);
    }

    /** How long it will still be there; never less than nothing. */
    public Duration left(Instant now) {
        return isOverdue(now) ? Duration.ZERO : Duration.between(now, until);
    }
}
