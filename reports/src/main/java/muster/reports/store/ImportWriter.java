package muster.reports.store;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.CellKey;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes a run out of an archive: all in the transaction of its caller. */
final class ImportWriter {

    private final Handle handle;
    private final CaseSets caseSets;
    private final FactLists factLists;
    private final Guests guests;
    private final Map<CellKey, RunImport.Lane> lanes;

    ImportWriter(
            Handle handle, CaseSets caseSets, FactLists factLists, Guests guests, Map<CellKey, RunImport.Lane> lanes) {
        this.handle = handle;
        this.caseSets = caseSets;
        this.factLists = factLists;
        this.guests = guests;
        this.lanes = lanes;
    }

    /** Why a run is not taken in, since it is here; empty when it is not. */
    static String known(Handle handle, ArchiveFormat.Run run) {
        Set<CellKey> cells = new HashSet<>();
        run.cells().forEach(cell -> cells.add(cell.cell()));
        return handle
                .createQuery("SELECT number FROM run WHERE matrix = :matrix AND matrix_digest = :digest "
                        + "AND queued_at = :queued ORDER BY number")
                .bind("matrix", run.matrix())
                .bind("digest", run.matrixDigest())
                .bind("queued", run.queuedAt())
                .mapTo(Long.class)
                .list()
                .stream()
                .filter(number ->
                        CellLines.ofRuns(handle, number, number).stream().allMatch(line -> cells.contains(line.cell())))
                .findFirst()
                .map(number -> "its run of " + run.matrix() + ", queued at " + Instant.ofEpochMilli(run.queuedAt())
                        + ", is here already as run " + number)
                .orElse("");
    }

    /** Returns the run's number. */
    long write(ArchiveFormat.Run run, String digest, List<RunImport.Ended> attempts) {
        long number = Numbering.next(handle, "run");
        String known = known(handle, run);
        if (!known.isEmpty()) {
            throw refused(known);
        }
        handle.execute(
                "INSERT INTO run (number, matrix, matrix_digest, queued_at, ended_at, imported, pinned) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                number,
                run.matrix(),
                run.matrixDigest(),
                run.queuedAt(),
                run.endedAt(),
                digest,
                run.pinned() != null && run.pinned());
        run.settings()
                .forEach((name, content) -> handle.execute(
                        "INSERT INTO run_setting (run, name, content) VALUES (?, ?, ?)", number, name, content));
        waivers(number, run);
        Map<CellKey, ArchiveFormat.Cell> cells = new HashMap<>();
        Map<CellKey, Long> ids = new HashMap<>();
        for (ArchiveFormat.Cell cell : run.cells()) {
            cells.put(cell.cell(), cell);
            ids.put(cell.cell(), cell(number, run, cell));
        }
        for (RunImport.Ended ended : attempts) {
            attempt(number, Known.of(ids, ended.cell()), Known.of(cells, ended.cell()), ended);
        }
        for (ArchiveFormat.Decision decision : run.decisions()) {
            decision(number, decision);
        }
        return number;
    }

    /** Of the streak of FIP that its case has here; what was decided here already stays, and so does a lane that went on. */
    private void decision(long run, ArchiveFormat.Decision said) {
        RunImport.Lane lane = Known.of(lanes, CellKey.parse(said.cell()));
        int number = number(lane.suite(), said.name(), "what was decided of");
        CaseLines.Streak streak =
                CaseLines.streaks(handle, lane.lane(), run, new int[] {number}).get(number);
        boolean inHistory = handle.createQuery("SELECT history IS NOT NULL FROM cell WHERE run = :run AND lane = :lane")
                .bind("run", run)
                .bind("lane", lane.lane())
                .mapTo(Boolean.class)
                .one();
        if (!inHistory) {
            return;
        }
        if (streak == null || streak.verdict() != VerdictCodes.of(Verdict.FIP)) {
            throw refused("it tells what was decided of '" + said.name() + "', which is not FIP in " + said.cell());
        }
        Decisions.addUnlessThere(handle, new FurtherQuery.Place(lane.lane(), number, streak.run()), said.resolution());
    }

    private void waivers(long number, ArchiveFormat.Run run) {
        for (ArchiveFormat.Waiver said : run.waivers()) {
            long waiver = WaiverRows.insert(
                    handle,
                    ArchivedWaivers.of(said),
                    said.author(),
                    Instant.ofEpochMilli(said.recordedAt()),
                    said.file());
            handle.execute("UPDATE waiver SET run = ? WHERE id = ?", number, waiver);
            ArchiveFormat.Withdrawal withdrawn = said.withdrawn();
            if (withdrawn != null) {
                WaiverRows.end(handle, waiver, ArchivedWaivers.of(withdrawn));
            }
        }
    }

    /** In its lane, unless the lane has gone on since: history is not told anew. */
    private long cell(long number, ArchiveFormat.Run run, ArchiveFormat.Cell cell) {
        long lane = Known.of(lanes, cell.cell()).lane();
        handle.createQuery("SELECT id FROM lane WHERE id = :lane FOR UPDATE")
                .bind("lane", lane)
                .mapTo(Long.class)
                .one();
        boolean goneOn = handle.createQuery("SELECT COUNT(*) FROM cell c JOIN run r ON r.number = c.run "
                                + "WHERE c.lane = :lane AND c.history IS NOT NULL AND r.queued_at > :queued")
                        .bind("lane", lane)
                        .bind("queued", run.queuedAt())
                        .mapTo(Long.class)
                        .one()
                > 0;
        return handle.createUpdate("INSERT INTO cell (run, lane, in_lane, token, pinned) "
                        + "VALUES (:run, :lane, :inLane, :token, :pinned)")
                .bind("run", number)
                .bind("lane", lane)
                .bind("inLane", cell.inLane() && !goneOn)
                .bind("token", cell.attempts())
                .bind("pinned", cell.pinned() != null && cell.pinned())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    private void attempt(long run, long cellId, ArchiveFormat.Cell cell, RunImport.Ended ended) {
        ArchiveFormat.Attempt said = ended.attempt();
        RunImport.Lane lane = Known.of(lanes, ended.cell());
        Long baseline = baseline(lane.lane(), run, said.baseline());
        ArchivedBlock block = ended.block();
        long id = handle.createUpdate("INSERT INTO attempt (cell, token, kind, step, started_at, ended_after, outcome, "
                        + "why, exit_status, complete, planned, counts, baseline, broken, mended, case_set, provenance, "
                        + "packages, only_case, compared_with) VALUES (:cell, :token, :kind, :step, :startedAt, :endedAfter, "
                        + ":outcome, :why, :exitStatus, :complete, :planned, :counts, :baseline, :broken, :mended, "
                        + ":caseSet, :provenance, :packages, :onlyCase, :comparedWith)")
                .bind("cell", cellId)
                .bind("token", said.token())
                .bind("kind", AttemptCodes.of(Words.kind(said.kind())))
                .bind("step", AttemptCodes.of(Words.step(said.step())))
                .bind("startedAt", said.startedAt())
                .bind("endedAfter", endedAfter(said))
                .bind("outcome", AttemptCodes.of(Outcome.ofWord(said.outcome())))
                .bind("why", said.why())
                .bind("exitStatus", said.exitStatus())
                .bind("complete", said.complete())
                .bind("planned", said.planned())
                .bind("counts", AttemptCodes.counts(Words.counts(said.counts())))
                .bind("baseline", baseline)
                .bind("broken", said.broken())
                .bind("mended", said.mended())
                .bind(
                        "caseSet",
                        block.size() == 0 ? null : (Long) caseSets.id(lane.suite(), block.numbers(), block.size()))
                .bind("provenance", facts(said.provenance()))
                .bind("packages", facts(said.packages()))
                .bind("onlyCase", said.onlyCase())
                .bind("comparedWith", said.baseline() == null ? null : text(said.baseline()))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        details(id, said);
        confirmations(id, lane.suite(), said);
        Blocks.write(handle, id, block.parts());
        if (Words.kind(said.kind()).standsForCell()) {
            handle.execute("UPDATE cell SET shown = ? WHERE id = ?", id, cellId);
        }
        if (Long.valueOf(said.token()).equals(cell.history())) {
            history(run, cellId, lane.lane(), id, block);
        }
    }

    private void history(long run, long cellId, long lane, long attempt, ArchivedBlock block) {
        boolean inLane = handle.createQuery("SELECT in_lane FROM cell WHERE id = :cell")
                .bind("cell", cellId)
                .mapTo(Boolean.class)
                .one();
        if (inLane) {
            byte[] before = LaneHistory.before(handle, lane, run)
                    .map(entry -> Blocks.verdicts(handle, entry.attempt()))
                    .orElse(new byte[0]);
            ChangePoints.add(handle, lane, before, new WithAbsent(block, before), run, null);
            handle.execute("UPDATE cell SET history = ? WHERE id = ?", attempt, cellId);
        }
    }

    /** The attempt that it was compared with, where that is here. */
    private @Nullable Long baseline(long lane, long run, ArchiveFormat.@Nullable Baseline said) {
        if (said == null) {
            return null;
        }
        return handle.createQuery("SELECT c.history FROM cell c JOIN run r ON r.number = c.run WHERE c.lane = :lane "
                        + "AND c.history IS NOT NULL AND c.run < :run AND r.matrix = :matrix "
                        + "AND r.matrix_digest = :digest AND r.queued_at = :queued ORDER BY c.run DESC LIMIT 1")
                .bind("lane", lane)
                .bind("run", run)
                .bind("matrix", said.matrix())
                .bind("digest", said.matrixDigest())
                .bind("queued", said.queuedAt())
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    /** Null where it ended when it was done. */
    private static @Nullable Long endedAfter(ArchiveFormat.Attempt said) {
        return Long.valueOf(said.endedAt()).equals(said.steps().get(Step.DONE.word()))
                ? null
                : (Long) (said.endedAt() - said.startedAt());
    }

    private @Nullable Long facts(SortedMap<String, String> facts) {
        return facts.isEmpty() ? null : (Long) factLists.idOf(facts);
    }

    private static String text(ArchiveFormat.Baseline baseline) {
        return new String(ArchiveJson.write(baseline), StandardCharsets.UTF_8);
    }

    private void details(long id, ArchiveFormat.Attempt said) {
        said.steps()
                .forEach((step, at) -> handle.execute(
                        "UPDATE attempt SET " + AttemptSteps.column(Words.step(step))
                                + " = ? - started_at WHERE id = ?",
                        at,
                        id));
        said.guests()
                .forEach(guest -> guests.add(
                        handle,
                        id,
                        new GuestRecord(
                                guest.role(),
                                guest.driver(),
                                guest.host(),
                                guest.image(),
                                Instant.ofEpochMilli(guest.startedAt()))));
        for (int place = 0; place < said.notes().size(); place++) {
            handle.execute(
                    "INSERT INTO attempt_note (attempt, place, content) VALUES (?, ?, ?)",
                    id,
                    place,
                    said.notes().get(place));
        }
        for (int place = 0; place < said.files().size(); place++) {
            ArchiveFormat.Kept file = said.files().get(place);
            handle.execute(
                    "INSERT INTO kept_file (attempt, place, role, name, digest, bytes, cut_at, removed_at) "
                            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    place,
                    file.role(),
                    file.name(),
                    file.digest(),
                    file.bytes(),
                    file.cutAt(),
                    file.removedAt());
        }
    }

    private void confirmations(long id, long suite, ArchiveFormat.Attempt said) {
        said.confirmations()
                .forEach((name, each) -> handle.execute(
                        "INSERT INTO confirmation (attempt, case_number, standing, failed, times, why) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        id,
                        name.isEmpty() ? Confirmations.OTHERS : number(suite, name, "what became of"),
                        each.standing(),
                        each.failed(),
                        each.times(),
                        each.why()));
    }

    private int number(long suite, String name, String what) {
        return CaseNames.number(handle, suite, name)
                .orElseThrow(() -> refused("it tells " + what + " '" + name + "', which is no case of its suite"));
    }

    private static UncheckedIOException refused(String why) {
        return new UncheckedIOException(why, new ArchiveRefused(why));
    }
}
