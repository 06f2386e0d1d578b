package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.CellKey;
import muster.reports.LiveSite;
import muster.reports.Role;

/** What is told as it happens, by server-sent events. */
final class EventRoutes {

    private static final long HEARTBEAT_MILLIS = 15_000;

    /** How long after its end an attempt's files are still looked into for what came last. */
    private static final long BEAT_MILLIS = 1_000;

    private static final String EVENTS = HomeApi.API + "/events";
    private static final String FOLLOW = HomeApi.API + "/cells/{run}/{cell}/{transcript}/follow";

    private final Held held;
    private final Changes changes;
    private final Growth growth;
    private final Streams streams;

    EventRoutes(Held held, Changes changes, Growth growth, Streams streams) {
        this.held = held;
        this.changes = changes;
        this.growth = growth;
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(Route.get(EVENTS, Role.READER, this::events), Route.get(FOLLOW, Role.READER, this::follow));
    }

    /** Whether what is asked for at a route's path is told for as long as somebody listens. */
    static boolean goesOn(String path) {
        return path.equals(EVENTS) || path.equals(FOLLOW);
    }

    private void events(Context request) {
        streams.answer(request, changes::tell);
    }

    private void follow(Context request) {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        Transcript which = CellRoutes.transcriptOf(request);
        CellStatus status = CellRoutes.find(held, run, cell)
                .orElseThrow(() -> Problem.noSuch("a cell " + cell + " of run " + run + " under way"));
        Path file = held.growing()
                .place(status, which, CellRoutes.shard(request))
                .orElseThrow(() -> Problem.noSuch("one text of all shards; name one with ?shard="));
        String resumed = request.header("Last-Event-ID");
        long from =
                resumed != null && resumed.matches("[0-9]{1,15}") ? Long.parseLong(resumed) : CellRoutes.from(request);
        long attempt = status.attempt().id();
        streams.answer(request, client -> {
            growth.begin(file);
            try {
                follow(client, file, from, () -> isOver(run, cell, attempt));
            } finally {
                growth.end(file);
            }
        });
    }

    @FunctionalInterface
    private interface Over {
        boolean isOver();
    }

    private void follow(SseClient client, Path file, long from, Over over) throws Exception {
        long at = from;
        long told = System.nanoTime();
        while (!client.terminated()) {
            boolean ended = over.isOver();
            Chunk chunk = Chunk.read(file, at);
            if (!chunk.text().isEmpty()) {
                at = chunk.end();
                client.sendEvent(
                        "text", Answers.JSON.writeValueAsString(LiveSite.harmless(chunk.text())), Long.toString(at));
                told = System.nanoTime();
                continue;
            }
            if (ended) {
                client.sendEvent("end", "{}");
                return;
            }
            if (System.nanoTime() - told > HEARTBEAT_MILLIS * 1_000_000) {
                client.sendComment("there");
                told = System.nanoTime();
            }
            growth.await(file, at, BEAT_MILLIS);
        }
    }

    private boolean isOver(long run, CellKey cell, long attempt) {
        Optional<CellStatus> now = CellRoutes.find(held, run, cell);
        return now.isEmpty() || now.get().attempt().id() != attempt || now.get().outcome() != null;
    }
}
