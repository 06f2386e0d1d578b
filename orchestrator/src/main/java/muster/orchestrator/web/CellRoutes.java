package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.Transcript;
import muster.reports.CellKey;
import muster.reports.Role;
import muster.reports.view.CellLine;
import org.jspecify.annotations.Nullable;

/** Cells: where they stand, what they say, and to steer them. */
final class CellRoutes {

    private static final int CHUNK = 1 << 20;

    private final Held held;

    CellRoutes(Held held) {
        this.held = held;
    }

    List<Route> routes() {
        return List.of(
                Route.get(HomeApi.API + "/cells", Role.READER, this::cells),
                Route.get(HomeApi.API + "/status", Role.READER, this::status),
                Route.get(HomeApi.API + "/cells/{run}/{cell}/{transcript}", Role.READER, this::transcript),
                Route.get(HomeApi.API + "/runs/{run}/cells", Role.READER, this::cellsOf),
                Route.post(HomeApi.API + "/cancel", Role.OPERATOR, "cancel", this::cancel),
                Route.post(HomeApi.API + "/cells/{run}/{cell}/rerun", Role.OPERATOR, "rerun", this::rerun),
                Route.post(HomeApi.API + "/cells/{run}/{cell}/keep", Role.OPERATOR, "keep", this::keepOne),
                Route.post(HomeApi.API + "/keep", Role.OPERATOR, "keep", this::keep));
    }

    /** One case of a cell, or null for all. */
    record RerunRequest(@Nullable String onlyCase) {}

    /** For how long guests are kept. */
    record KeepRequest(int seconds) {}

    private void cells(Context request) {
        request.contentType("application/json")
                .result(StatusLine.toJson(held.queue().cells()));
    }

    /** What {@code muster status} prints, which the launcher asks for by itself. */
    private void status(Context request) throws IOException {
        List<Kept> kept = Kept.list(held.home());
        List<StatusLine> lines = StatusText.withKept(held.queue().cells(), kept);
        String stopped = held.upkeep().line().stopped();
        if ("json".equals(request.queryParam("as"))) {
            request.contentType("application/json").result(new StatusAnswer(stopped, lines).toJson() + "\n");
            return;
        }
        String heading = (lines.isEmpty() ? "nothing is under way; process " : "under way, process ")
                + ProcessHandle.current().pid()
                + (lines.isEmpty() ? " waits for what comes" : ":");
        int width =
                Answers.number(Objects.requireNonNullElse(request.queryParam("width"), "160"), "a width", 1, 10_000);
        List<String> text = StatusText.of(heading, lines, kept, held.clock().instant(), width);
        request.contentType("text/plain; charset=utf-8")
                .result((stopped.isEmpty() ? "" : stopped + "\n") + String.join("\n", text) + "\n");
    }

    private void cellsOf(Context request) {
        long run = Answers.run(request);
        if (held.store().history().run(run).isEmpty()) {
            throw Problem.noSuch("run " + run);
        }
        List<StatusLine> lines =
                held.store().history().cells(run).stream().map(CellRoutes::line).toList();
        request.contentType("application/json").result(StatusLine.toJson(lines));
    }

    private static StatusLine line(CellLine cell) {
        return StatusLine.of(
                cell.run(),
                cell.cell(),
                cell.step(),
                cell.startedAt(),
                cell.endedAt(),
                cell.counts(),
                cell.outcome(),
                cell.why());
    }

    /** The newest attempt of a cell that is on the board. */
    static Optional<CellStatus> find(Held held, long run, CellKey cell) {
        return held.board().snapshot().stream()
                .filter(status -> status.attempt().run() == run && status.cell().equals(cell))
                .reduce((stored, again) -> again);
    }

    static Transcript transcriptOf(Context request) {
        String word = request.pathParam("transcript");
        try {
            return Transcript.ofWord(word);
        } catch (IllegalArgumentException none) {
            throw Problem.noSuch("the transcript '" + word + "': expected log, journal, manifest or console");
        }
    }

    private void transcript(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        Transcript which = transcriptOf(request);
        CellStatus status = find(held, run, cell)
                .orElseThrow(() -> Problem.noSuch("a cell " + cell + " of run " + run + " under way"));
        boolean ended = status.outcome() != null;
        try (InputStream in = held.transcripts().open(status, which, shard(request))) {
            in.skip(from(request));
            request.header("Muster-Ended", Boolean.toString(ended));
            request.contentType("application/octet-stream").result(in.readNBytes(CHUNK));
        }
    }

    static long from(Context request) {
        String word = request.queryParam("from");
        return word == null || !word.matches("[0-9]{1,15}") ? 0 : Long.parseLong(word);
    }

    static String shard(Context request) {
        String name = request.queryParam("shard");
        return name == null ? "" : name;
    }

    private void cancel(Context request) {
        String selector = request.body();
        Gate.subject(request, selector);
        request.contentType("text/plain; charset=utf-8")
                .result(Integer.toString(held.deeds().cancel(selector)));
    }

    private void rerun(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        String onlyCase = Answers.body(request, RerunRequest.class).onlyCase();
        Gate.subject(request, subject(run, cell, onlyCase));
        held.deeds().rerun(run, cell, onlyCase);
    }

    static String subject(long run, CellKey cell, @Nullable String onlyCase) {
        return cell + " of run " + run + (onlyCase == null ? "" : ", case " + onlyCase);
    }

    private void keep(Context request) {
        int seconds = Answers.body(request, KeepRequest.class).seconds();
        Gate.subject(request, seconds + " s");
        keep(held, seconds);
    }

    static void keep(Held held, int seconds) {
        held.deeds().keepFailed(time(seconds));
    }

    private void keepOne(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        int seconds = Answers.body(request, KeepRequest.class).seconds();
        Gate.subject(request, subject(run, cell, null) + ", " + seconds + " s");
        held.deeds().keep(run, cell, time(seconds));
    }

    private static Duration time(int seconds) {
        return Duration.ofSeconds(Answers.number(Integer.toString(seconds), "a number of seconds", 60, 7 * 86_400));
    }
}
