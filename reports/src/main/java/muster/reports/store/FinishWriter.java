package muster.reports.store;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.ResultStore.CaseReader;
import muster.reports.ResultStore.Reading;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt. First the journal is read: parts of the block are made in memory, names and messages are interned as
 * they come. Then one transaction, holding the cell and its lane, compares with the baseline, asks for the ending and
 * writes all of it.
 */
final class FinishWriter {

    private final Connections connections;
    private final CaseNames names;
    private final Messages messages;
    private final CaseSets caseSets;
    private final FactLists factLists;

    FinishWriter(Connections connections) {
        this.connections = connections;
        names = new CaseNames(connections);
        messages = new Messages(connections);
        caseSets = new CaseSets(connections);
        factLists = new FactLists(connections);
    }

    Ending finish(Attempt attempt, CaseReader cases, Function<Reading, Ending> ending) throws IOException {
        long suite = connections.write(handle -> Fence.pass(handle, attempt).suite());
        JournalReading reading = new JournalReading(suite, names, messages);
        cases.readInto(reading);
        reading.end();
        return connections.write(handle -> commit(handle, attempt, reading, ending));
    }

    private Ending commit(Handle handle, Attempt attempt, JournalReading reading, Function<Reading, Ending> ending) {
        Fence.Place place = Fence.pass(handle, attempt);
        handle.createQuery("SELECT id FROM lane WHERE id = :lane FOR UPDATE")
                .bind("lane", place.lane())
                .mapTo(Long.class)
                .one();
        Optional<LaneHistory.Entry> baseline =
                place.inLane() ? LaneHistory.before(handle, place.lane(), place.run()) : Optional.empty();
        byte[] before =
                baseline.map(entry -> Blocks.verdicts(handle, entry.attempt())).orElse(new byte[0]);
        Compared compared = baseline.isPresent() ? Compared.with(before, reading) : Compared.WITH_NOTHING;

        boolean whole = wholeSuite(attempt, reading);
        if (whole) {
            reading.absent(compared.missing());
            reading.addUnnamed();
        }
        Counts counts = counts(reading);
        Ending end = ending.apply(new Reading(counts, reading.planned(), reading.notes(), reading.isTruncated()));

        boolean history = end.complete() && whole && place.inLane() && standsForItsCell(handle, attempt, place);
        boolean ofSuite = end.complete() || end.outcome().isBad();
        if (baseline.isPresent()) {
            Blocks.write(handle, attempt.id(), reading, baseline.get().attempt());
        } else {
            Blocks.write(handle, attempt.id(), reading.parts());
        }
        if (history) {
            addToHistory(handle, attempt, place, before, reading);
        }
        write(
                handle,
                attempt,
                end,
                new Read(
                        counts,
                        reading.planned(),
                        reading.size() == 0 ? null : caseSets.id(place.suite(), reading.numbers(), reading.size()),
                        baseline.map(LaneHistory.Entry::attempt).orElse(null),
                        compared.broken() + (whole && ofSuite ? compared.brokenAbsent() : 0),
                        compared.mended()));
        return end;
    }

    /** Confirm and rerun attempts may be of a few cases; a journal without any case is no run of the suite. */
    private static boolean wholeSuite(Attempt attempt, JournalReading reading) {
        return attempt.kind().standsForCell() && reading.size() > 0;
    }

    /**
     * One attempt makes a cell's history: its first complete main one, or a complete retry when the main one before it
     * ended in the farm's own failure.
     */
    private static boolean standsForItsCell(Handle handle, Attempt attempt, Fence.Place place) {
        if (place.history() != null) {
            return false;
        }
        return attempt.kind() == Kind.MAIN
                || handle.createQuery("SELECT outcome FROM attempt WHERE cell = :cell AND kind = :main "
                                + "ORDER BY token DESC LIMIT 1")
                        .bind("cell", place.cell())
                        .bind("main", AttemptCodes.of(Kind.MAIN))
                        .mapTo(Integer.class)
                        .findOne()
                        .map(code -> AttemptCodes.outcome(code).isInfrastructure())
                        .orElse(false);
    }

    private static void addToHistory(
            Handle handle, Attempt attempt, Fence.Place place, byte[] before, JournalReading reading) {
        Long next = LaneHistory.after(handle, place.lane(), place.run())
                .map(LaneHistory.Entry::run)
                .orElse(null);
        ChangePoints.add(handle, place.lane(), before, reading, place.run(), next);
        handle.execute("UPDATE cell SET history = ? WHERE id = ?", attempt.id(), place.cell());
    }

    private record Read(
            Counts counts,
            long planned,
            @Nullable Long caseSet,
            @Nullable Long baseline,
            int broken,
            int mended) {}

    private void write(Handle handle, Attempt attempt, Ending end, Read read) {
        AttemptSteps.stamp(handle, attempt.id(), Step.DONE, end.endedAt());
        handle.createUpdate("UPDATE attempt SET outcome = :outcome, why = :why, "
                        + "ended_after = CASE WHEN :endedAt - started_at = done_after THEN NULL "
                        + "ELSE :endedAt - started_at END, "
                        + "exit_status = :exitStatus, complete = :complete, planned = :planned, counts = :counts, "
                        + "baseline = :baseline, broken = :broken, mended = :mended, case_set = :caseSet, "
                        + "provenance = :provenance, packages = :packages WHERE id = :id")
                .bind("id", attempt.id())
                .bind("outcome", AttemptCodes.of(end.outcome()))
                .bind("why", Texts.bounded(end.why(), Texts.NOTE))
                .bind("endedAt", end.endedAt().toEpochMilli())
                .bind("exitStatus", end.exitStatus())
                .bind("complete", end.complete())
                .bind("planned", read.planned())
                .bind("counts", AttemptCodes.counts(read.counts()))
                .bind("baseline", read.baseline())
                .bind("broken", read.broken())
                .bind("mended", read.mended())
                .bind("caseSet", read.caseSet())
                .bind("provenance", factLists.id(end.provenance()))
                .bind("packages", factLists.id(end.packages()))
                .execute();
        List<String> notes = end.notes();
        for (int place = 0; place < notes.size(); place++) {
            handle.execute(
                    "INSERT INTO attempt_note (attempt, place, content) VALUES (?, ?, ?)",
                    attempt.id(),
                    place,
                    Texts.bounded(notes.get(place), Texts.NOTE));
        }
        for (int place = 0; place < end.files().size(); place++) {
            Ending.KeptFile file = end.files().get(place);
            handle.execute(
                    "INSERT INTO kept_file (attempt, place, role, name, digest, bytes, cut_at) "
                            + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    attempt.id(),
                    place,
                    file.role(),
                    Texts.bounded(file.name(), Texts.NOTE),
                    file.digest(),
                    file.bytes(),
                    file.cutAt());
        }
    }

    private static Counts counts(JournalReading reading) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int i = 0; i < reading.size(); i++) {
            counts.merge(VerdictCodes.verdict(reading.verdict(i)), 1, Integer::sum);
        }
        return new Counts(counts);
    }
}
