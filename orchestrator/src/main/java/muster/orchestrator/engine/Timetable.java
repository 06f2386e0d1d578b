package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.schedule.Cron;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The matrices that are run by themselves, as their files last made sense: a file that is broken says so, and counts as it
 * was. Copies of the last good ones lie in the home, so that this holds after a restart too.
 */
final class Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private final Installation installation;
    private final FarmConfig config;
    private final Path copies;
    private final Clock clock;
    private final Map<Path, String> seen = new HashMap<>();
    private final SortedMap<Path, String> unusable = new TreeMap<>();
    private SortedMap<String, Entry> entries = new TreeMap<>();

    Timetable(Installation installation, FarmConfig config, Home home, Clock clock) {
        this.installation = installation;
        this.config = config;
        this.copies = home.timetable();
        this.clock = clock;
    }

    /**
     * A matrix with a schedule.
     *
     * @param file where it was read
     * @param copy what it was when it last made sense
     * @param channels those that are told what happens to its runs
     * @param problem why the file makes no sense now, or null
     */
    record Entry(
            String matrix,
            Path file,
            Path copy,
            Schedule schedule,
            List<String> channels,
            @Nullable String problem) {}

    /** All of them, by the matrix's name. */
    synchronized Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Files of which nothing is run, and why: they have never made sense, or another has a matrix of that name. */
    synchronized Map<Path, String> unusable() {
        return new TreeMap<>(unusable);
    }

    /** What is wrong with any of the files, a sentence or some lines each. */
    synchronized Set<String> problems() {
        Set<String> all = new LinkedHashSet<>();
        entries.values().stream()
                .filter(entry -> entry.problem() != null)
                .forEach(entry ->
                        all.add(entry.matrix() + " is run as it was before its file was broken: " + entry.problem()));
        unusable.forEach((file, why) -> all.add(file + " is not run by itself: " + why));
        return all;
    }

    synchronized Optional<Entry> entry(String matrix) {
        return Optional.ofNullable(entries.get(matrix));
    }

    /** Reads the files; whether anything has changed since they were read before. */
    synchronized boolean read() throws IOException {
        SortedMap<Path, String> now = new TreeMap<>();
        for (Path file : installation.matrixFiles()) {
            now.put(file, Files.readString(file, StandardCharsets.ISO_8859_1)); // any bytes at all
        }
        if (now.equals(seen)) {
            return false;
        }
        SortedMap<String, Entry> fresh = new TreeMap<>();
        unusable.clear();
        now.forEach((file, text) -> entry(file, text.equals(seen.get(file))).ifPresent(entry -> add(entry, fresh)));
        entries = fresh;
        seen.clear();
        seen.putAll(now);
        return true;
    }

    private void add(Entry entry, SortedMap<String, Entry> all) {
        Entry first = all.putIfAbsent(entry.matrix(), entry);
        if (first != null) {
            unusable.put(entry.file(), first.file() + " has a matrix of the name " + entry.matrix() + " too");
            LOG.error(
                    "{} is not run by itself: {} has a matrix of the name {} too",
                    entry.file(),
                    first.file(),
                    entry.matrix());
        }
    }

    private Optional<Entry> entry(Path file, boolean known) {
        Path copy = copies.resolve(file.startsWith(installation.home()) ? "home" : "program")
                .resolve(file.getFileName());
        try {
            Optional<Entry> entry = sound(file, file, copy, null);
            if (entry.isPresent()) {
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return entry;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot keep a copy of " + file, unwritable);
        } catch (ConfigError broken) {
            if (!known) {
                LOG.error("a matrix is run as it was before, if it was: {}", broken.getMessage());
            }
            return asItWas(file, copy, broken);
        }
    }

    private Optional<Entry> asItWas(Path file, Path copy, ConfigError broken) {
        try {
            if (Files.exists(copy)) {
                return sound(copy, file, copy, String.valueOf(broken.getMessage()));
            }
            unusable.put(file, String.valueOf(broken.getMessage()));
            return Optional.empty();
        } catch (ConfigError gone) {
            unusable.put(file, String.valueOf(broken.getMessage()));
            LOG.error("it cannot be run as it was either: {}", gone.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Entry> sound(Path read, Path file, Path copy, @Nullable String problem) throws ConfigError {
        Matrix matrix = Matrix.read(read, new TreeMap<>(), installation, config);
        Schedule schedule = matrix.schedule();
        if (schedule == null) {
            return Optional.empty();
        }
        Cron.next(schedule, clock.instant(), 1);
        return Optional.of(new Entry(matrix.name(), file, copy, schedule, matrix.channels(), problem));
    }
}
