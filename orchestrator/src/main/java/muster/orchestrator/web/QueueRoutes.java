package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import muster.reports.Role;
import muster.reports.view.RunLine;

/** What is to come. */
final class QueueRoutes {

    private final Held held;

    QueueRoutes(Held held) {
        this.held = held;
    }

    List<Route> routes() {
        return List.of(
                Route.post(HomeApi.API + "/queue", Role.OPERATOR, "queue", this::queue),
                Route.post(HomeApi.API + "/rerun", Role.OPERATOR, "rerun", this::rerun),
                Route.post(HomeApi.API + "/hold", Role.OPERATOR, "hold", this::hold),
                Route.get(HomeApi.API + "/runs/{run}", Role.READER, this::run),
                Route.get(HomeApi.API + "/schedule", Role.READER, this::schedule),
                Route.post(HomeApi.API + "/schedule", Role.OPERATOR, "schedule", this::change));
    }

    private void queue(Context request) throws IOException {
        QueueRequest asked = Answers.body(request, QueueRequest.class);
        Gate.subject(request, asked.file());
        Answers.json(request, held.queue().add(allowed(request, asked)));
    }

    /** This host's own user names any file; others name a matrix, for to read files of this host is not theirs. */
    private QueueRequest allowed(Context request, QueueRequest asked) {
        if (Asker.of(request).name().equals(Gate.owner())) {
            return asked;
        }
        return new QueueRequest(
                file(held, asked.file()).toString(),
                asked.settings(),
                asked.only(),
                asked.priority(),
                asked.notBefore());
    }

    /** The file of a matrix that anybody may queue who may queue at all. */
    static Path file(Held held, String matrix) {
        SortedMap<String, Path> known = held.deeds().matrices();
        Path file = known.get(matrix);
        if (file == null) {
            throw new IllegalArgumentException("cannot queue '" + matrix
                    + "': it is not the name of a matrix; expected one of " + String.join(", ", known.keySet()));
        }
        return file;
    }

    private void rerun(Context request) throws IOException {
        String run = request.queryParam("run");
        Gate.subject(request, run == null ? "the newest run" : "run " + run);
        Answers.json(request, held.queue().rerun(run == null ? null : (Long) Answers.run(run)));
    }

    private void hold(Context request) throws IOException {
        HoldRequest asked = Answers.body(request, HoldRequest.class);
        Gate.subject(request, (asked.hold() ? "hold " : "release ") + asked.what());
        request.result(Integer.toString(held.queue().hold(asked)));
    }

    private void run(Context request) {
        long number = Answers.run(request);
        RunLine line = held.store()
                .history()
                .run(number)
                .orElseThrow(() -> Problem.noSuch("run " + number + ": there is none"))
                .run();
        SequencedMap<String, StatusLine> cells = new LinkedHashMap<>();
        held.store()
                .history()
                .cells(number)
                .forEach(cell -> cells.put(cell.cell().toString(), StatusLine.of(cell)));
        held.queue().cells().stream()
                .filter(cell -> cell.run() == number)
                .forEach(cell -> cells.put(cell.cell(), cell));
        Answers.json(request, new RunStatus(number, line.matrix(), line.endedAt(), List.copyOf(cells.values())));
    }

    private void schedule(Context request) {
        Answers.json(request, held.queue().schedule());
    }

    private void change(Context request) {
        ScheduleChange asked = Answers.body(request, ScheduleChange.class);
        Gate.subject(request, asked.action().name().toLowerCase(java.util.Locale.ROOT) + " " + asked.matrix());
        held.queue().change(asked);
    }
}
