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
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.orchestrator.config.Durations;
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
import muster.testsuites.SuiteEnding;
import muster.testsuites.format.ResultFormats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores how attempts ended: reads their journals, keeps their files, says whose failure it was. */
public final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    /** Characters; the store takes no reason that is much longer. */
    private static final int REASON = 9_000;

    /** The attempt's folder of files worth keeping. */
    static final String ARTEFACTS = "artefacts";

    /** Where the kernel tells how long work has waited. */
    static final Path PRESSURE = Path.of("/proc/pressure");

    private final ResultStore store;
    private final Board board;
    private final Clock clock;
    private final Runnable changed;
    private volatile @Nullable Acceptance acceptance;

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
     * @param staying is told the end, or nothing when the attempt was replaced, and says whether the folder stays
     */
    Optional<Ending> store(Cell cell, Attempt attempt, Path folder, CellEnd end, Predicate<Optional<Ending>> staying) {
        Optional<Ending> stored = Optional.empty();
        try {
            Counts[] counts = {Counts.NONE};
            List<Ending.KeptFile> files = keep(folder, end);
            Provenance provenance = Provenance.read(folder);
            Pressure now = Pressure.read(PRESSURE, clock.millis());
            Pressure.kept(folder).ifPresent(before -> provenance.facts().putAll(before.until(now)));
            List<String> found = new ArrayList<>();
            Optional.of(Earlier.read(folder).told())
                    .filter(told -> !told.isEmpty())
                    .ifPresent(found::add);
            found.addAll(ConsoleWatch.notes(folder, Transcript.CONSOLE.file(folder), cell.harmlessConsole()));
            Accepted accepted = accepted(cell, attempt);
            Ending ending = store.finish(attempt, accepted.reading(journal(cell, folder)), reading -> {
                counts[0] = reading.counts();
                return ending(end, accepted.judged(reading), found, files, provenance);
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
        Ending ending = new Ending(
                Outcome.LOST,
                why,
                clock.instant(),
                null,
                false,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>());
        store.finish(attempt, ResultStore.CaseReader.NOTHING, reading -> ending);
        changed.run();
    }

    private static ResultStore.CaseReader journal(Cell cell, Path folder) {
        Path journal = folder.resolve(Transcript.JOURNAL.word());
        ResultFormat format = ResultFormats.named(cell.suite().format()).orElseThrow();
        return sink -> {
            sink.manifest(Manifests.read(folder));
            if (!Files.exists(journal)) {
                return;
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), 1 << 16)) {
                format.read(in, new FirstCases(sink));
            }
        };
    }

    private Ending ending(
            CellEnd end,
            ResultStore.Reading reading,
            List<String> found,
            List<Ending.KeptFile> files,
            Provenance provenance) {
        List<String> notes = new ArrayList<>(reading.notes());
        notes.addAll(found);
        Outcome outcome;
        String why;
        @Nullable Integer exit = null;
        boolean complete = false;
        switch (end) {
            case CellEnd.Ran ran -> {
                notes.addAll(ran.notes());
                provenance.facts().putAll(ran.subjects());
                switch (ran.ending()) {
                    case SuiteEnding.Exited exited -> {
                        exit = exited.status();
                        complete = !reading.truncated() && reading.counts().total() > 0;
                        why = complaint(exited.status(), reading);
                        outcome = why.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
                    }
                    case SuiteEnding.TimedOut late -> {
                        outcome = Outcome.TIMED_OUT;
                        why = "the suite took longer than " + Durations.format(late.limit());
                    }
                    case SuiteEnding.Silent silent -> {
                        outcome = Outcome.SILENT;
                        why = "the suite said nothing for " + Durations.format(silent.limit());
                    }
                    case SuiteEnding.Rebooted rebooted -> {
                        outcome = Outcome.FAILED;
                        why = "the guest booted anew in the middle of the suite";
                    }
                    case SuiteEnding.Killed killed -> {
                        outcome = Outcome.FAILED;
                        why = "something in the guest killed the suite";
                    }
                }
            }
            case CellEnd.Panicked panicked -> {
                outcome = Outcome.PANICKED;
                why = panicked.panic() + "; its console ends:\n" + end(panicked.lastLines());
            }
            case CellEnd.BootFailed failed -> {
                outcome = Outcome.BOOT_FAILED;
                why = failed.why();
            }
            case CellEnd.Refused refused -> {
                outcome = Outcome.REFUSED;
                why = refused.why();
            }
            case CellEnd.Lost lost -> {
                outcome = Outcome.LOST;
                why = lost.why();
            }
            case CellEnd.Cancelled cancelled -> {
                outcome = Outcome.CANCELLED;
                why = "cancelled by a person";
            }
        }
        return new Ending(
                outcome, why, clock.instant(), exit, complete, notes, files, provenance.facts(), provenance.packages());
    }

    /** The last of some lines, as many as a reason has room for. */
    private static String end(String lines) {
        if (lines.length() <= REASON) {
            return lines;
        }
        return lines.substring(lines.indexOf('\n', lines.length() - REASON) + 1);
    }

    /** What speaks against a suite that came to its end; empty when nothing does. */
    private static String complaint(int status, ResultStore.Reading reading) {
        Counts counts = reading.counts();
        List<String> complaints = new ArrayList<>();
        if (counts.total() == 0) {
            complaints.add("no case was reported");
        } else if (counts.bad() > 0) {
            complaints.add(counts.bad() + " of " + counts.total() + " cases are bad");
        }
        if (reading.truncated()) {
            complaints.add("the journal stops before its end");
        }
        if (reading.planned() > counts.total()) {
            complaints.add(counts.total() + " cases of " + reading.planned() + " planned");
        }
        if (status != 0) {
            complaints.add("the suite ended with exit status " + status);
        }
        return String.join("; ", complaints);
    }

    private static long cutAt(Transcript transcript, CellEnd end) {
        if (!(end instanceof CellEnd.Ran ran)) {
            return 0;
        }
        return ran.ending().cuts().stream()
                .filter(cut -> cut.file().equals(transcript.word()))
                .mapToLong(SuiteEnding.Cut::at)
                .findFirst()
                .orElse(0);
    }

    private List<Ending.KeptFile> keep(Path folder, CellEnd end) throws IOException {
        List<Ending.KeptFile> kept = new ArrayList<>();
        for (Transcript transcript : Transcript.values()) {
            Path file = transcript.file(folder);
            if (Files.exists(file) && Files.size(file) > 0) {
                kept.add(store.keep(transcript.word(), transcript.word(), file, cutAt(transcript, end)));
            }
        }
        if (end instanceof CellEnd.Ran) {
            Path artefacts = folder.resolve(ARTEFACTS);
            if (Files.isDirectory(artefacts)) {
                try (Stream<Path> files = Files.walk(artefacts)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        kept.add(store.keep(
                                "artefact", artefacts.relativize(file).toString(), file, 0));
                    }
                }
            }
        }
        return kept;
    }
}
