package muster.orchestrator.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Waived;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import muster.testsuites.SuiteEnding;
import muster.testsuites.format.ResultFormats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores how attempts ended: reads their journals, keeps their files, says whose failure it was. */
public final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    /** The attempt's folder of files worth keeping. */
    static final String ARTEFACTS = "artefacts";

    /** Where the kernel tells how long work has waited. */
    static final Path PRESSURE = Path.of("/proc/pressure");

    private final ResultStore store;
    private final Board board;
    private final Clock clock;
    private final Runnable changed;
    private volatile @Nullable Acceptance acceptance;
    private final ReadWriteLock keeping = new ReentrantReadWriteLock(true);

    /** What is done while no file is kept. */
    @FunctionalInterface
    public interface Quietly<T> {
        T run() throws IOException;
    }

    /** Waits until no attempt is between keeping its files and naming them, and lets none begin meanwhile. */
    public <T> T whileNothingIsKept(Quietly<T> work) throws IOException, InterruptedException {
        keeping.writeLock().lockInterruptibly();
        try {
            return work.run();
        } finally {
            keeping.writeLock().unlock();
        }
    }

    /**
     * @param changed called after each stored end
     */
    public Results(ResultStore store, Board board, Clock clock, Runnable changed) {
        this.store = store;
        this.board = board;
        this.clock = clock;
        this.changed = changed;
    }

    public ResultStore store() {
        return store;
    }

    /** From now on failures are read in this light. */
    public void accept(Acceptance accepting) {
        acceptance = accepting;
    }

    /** The failing cases of a cell that people accept: none of them is a regression. */
    public Set<String> waived(long run, CellKey cell) {
        Acceptance known = acceptance;
        return known == null
                ? Set.of()
                : known.waivers()
                        .of(run, known.zone())
                        .getOrDefault(cell, Waived.NOTHING)
                        .holding()
                        .keySet();
    }

    private Accepted accepted(Cell cell, Attempt attempt) {
        Acceptance known = acceptance;
        return known == null ? new Accepted(List.of(), List.of(), List.of()) : known.of(cell, attempt);
    }

    /**
     * Stores an attempt's end and clears its folder; an attempt that was replaced meanwhile is only cleared.
     *
     * @param parts how its guests ended
     * @param staying is told the end, or nothing when the attempt was replaced, and says whether the folder stays
     */
    Optional<Ending> store(
            Cell cell, Attempt attempt, Path folder, List<Part.Ended> parts, Predicate<Optional<Ending>> staying) {
        Optional<Ending> stored = Optional.empty();
        keeping.readLock().lock();
        try {
            Counts[] counts = {Counts.NONE};
            List<Ending.KeptFile> files = new ArrayList<>();
            for (Part.Ended part : parts) {
                files.addAll(keep(part));
            }
            Provenance provenance = provenance(parts);
            List<String> found = found(cell, folder, parts);
            Accepted accepted = accepted(cell, attempt);
            Ending ending = store.finish(attempt, accepted.reading(journals(cell, folder, parts)), reading -> {
                counts[0] = reading.counts();
                return ending(parts, accepted.judged(reading), found, files, provenance);
            });
            board.ended(attempt, ending.outcome(), ending.why(), counts[0], ending.endedAt());
            stored = Optional.of(ending);
        } catch (ResultStore.Fenced replaced) {
            LOG.warn("{} was replaced: its results are refused", attempt, replaced);
            board.ended(attempt, Outcome.FENCED, String.valueOf(replaced.getMessage()), Counts.NONE, clock.instant());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(
                    "cannot store the end of " + attempt + ": " + folder
                            + " stays as it is; the next run of this home takes it up",
                    unreadable);
        } finally {
            keeping.readLock().unlock();
        }
        if (!staying.test(stored)) {
            Folders.delete(folder);
        }
        changed.run();
        return stored;
    }

    /**
     * Says what became of a new failure that was to be run again.
     *
     * @param name the case, or null: of all others
     */
    public void confirm(long run, CellKey cell, @Nullable String name, Confirmation said) {
        store.confirm(run, cell, name, said);
        changed.run();
    }

    /** Ends an attempt that cannot even be looked at again. */
    public void giveUp(Attempt attempt, String why) throws IOException {
        endWithoutGuest(attempt, Outcome.LOST, why);
    }

    /** Ends an attempt that is not wanted any more before it has a guest. */
    public void cancel(Attempt attempt, String why) throws IOException {
        endWithoutGuest(attempt, Outcome.CANCELLED, why);
    }

    private void endWithoutGuest(Attempt attempt, Outcome outcome, String why) throws IOException {
        Ending ending = new Ending(
                outcome, why, clock.instant(), null, false, List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
        store.finish(attempt, ResultStore.CaseReader.NOTHING, reading -> ending);
        changed.run();
    }

    private static ResultStore.CaseReader journals(Cell cell, Path folder, List<Part.Ended> parts) {
        ResultFormat format = ResultFormats.named(cell.suite().format()).orElseThrow();
        return sink -> {
            sink.manifest(Manifests.read(folder));
            ResultSink first = new FirstCases(sink);
            ShardCases merged = new ShardCases(first, ShardPlan.read(folder));
            for (Part.Ended part : parts) {
                Path journal = Transcript.JOURNAL.file(part.folder());
                if (Files.exists(journal)) {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), 1 << 16)) {
                        format.read(in, part.isShard() ? merged.of(part.role()) : first);
                    }
                }
            }
            merged.end();
        };
    }

    /** What is to be told of them beside their cases: earlier attempts, and what was found on the consoles. */
    private static List<String> found(Cell cell, Path folder, List<Part.Ended> parts) throws IOException {
        List<String> found = new ArrayList<>();
        if (!Earlier.read(folder).told().isEmpty()) {
            found.add(Earlier.read(folder).told());
        }
        for (Part.Ended part : parts) {
            if (part.isShard() && !Earlier.read(part.folder()).told().isEmpty()) {
                found.add(part.named(Earlier.read(part.folder()).told(), ": "));
            }
            ConsoleWatch.notes(part.folder(), Transcript.CONSOLE.file(part.folder()), cell.harmlessConsole())
                    .forEach(note -> found.add(part.named(note, ": ")));
            GuestCuts.read(part.folder()).notes().forEach(note -> found.add(part.named(note, ": ")));
        }
        return found;
    }

    /** That of the first guest that there was; all of an attempt's boot the same. */
    private Provenance provenance(List<Part.Ended> parts) throws IOException {
        Provenance provenance = Provenance.read(parts.getFirst().folder());
        Pressure now = Pressure.read(PRESSURE, clock.millis());
        for (Part.Ended part : parts.reversed()) {
            Provenance its = Provenance.read(part.folder());
            provenance = its.facts().isEmpty() ? provenance : its;
            Pressure.kept(part.folder()).ifPresent(before -> its.facts().putAll(before.until(now)));
        }
        return provenance;
    }

    private Ending ending(
            List<Part.Ended> parts,
            ResultStore.Reading reading,
            List<String> found,
            List<Ending.KeptFile> files,
            Provenance provenance) {
        List<String> notes = new ArrayList<>(reading.notes());
        notes.addAll(found);
        for (Part.Ended part : parts) {
            if (part.end() instanceof CellEnd.Ran ran) {
                ran.notes().forEach(note -> notes.add(part.named(note, ": ")));
                provenance.facts().putAll(ran.subjects());
            }
        }
        AttemptOutcome judged = AttemptOutcome.of(parts, reading);
        return new Ending(
                judged.outcome(),
                judged.why(),
                clock.instant(),
                judged.exitStatus(),
                judged.complete(),
                notes,
                files,
                provenance.facts(),
                provenance.packages());
    }

    private static long cutAt(Transcript transcript, Part.Ended part) throws IOException {
        if (transcript == Transcript.CONSOLE) {
            return GuestCuts.read(part.folder()).consoleAt();
        }
        if (!(part.end() instanceof CellEnd.Ran ran)) {
            return 0;
        }
        return ran.ending().cuts().stream()
                .filter(cut -> cut.file().equals(transcript.word()))
                .mapToLong(SuiteEnding.Cut::at)
                .findFirst()
                .orElse(0);
    }

    private List<Ending.KeptFile> keep(Part.Ended part) throws IOException {
        List<Ending.KeptFile> kept = new ArrayList<>();
        for (Transcript transcript : Transcript.values()) {
            Path file = transcript.file(part.folder());
            if (Files.exists(file) && Files.size(file) > 0) {
                kept.add(store.keep(
                        transcript.word(), part.named(transcript.word(), "/"), file, cutAt(transcript, part)));
            }
        }
        if (part.end() instanceof CellEnd.Ran) {
            Path artefacts = part.folder().resolve(ARTEFACTS);
            if (Files.isDirectory(artefacts)) {
                try (Stream<Path> files = Files.walk(artefacts)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        kept.add(store.keep(
                                "artefact",
                                part.named(artefacts.relativize(file).toString(), "/"),
                                file,
                                0));
                    }
                }
            }
        }
        return kept;
    }
}
