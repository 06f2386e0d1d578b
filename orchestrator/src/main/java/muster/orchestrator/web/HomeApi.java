package muster.orchestrator.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToIntFunction;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers other commands of the same user while this process holds the home: what is under way, what it says, and to
 * cancel. Only on loopback, only with the secret that lies in the home.
 *
 * <ul>
 *   <li>{@code GET /api/cells}: every cell under way, as {@link StatusLine}
 *   <li>{@code GET /api/cells/{run}/{cell}/{transcript}?from=N&shard=NAME}: bytes of its log, journal or console from an offset; the
 *       header {@code Muster-Ended} says whether more may come
 *   <li>{@code POST /api/cancel}: a selector as the body; answers how many cells were cancelled
 *   <li>{@code POST /api/queue}: a {@link QueueRequest}; answers a {@link QueueAnswer}
 *   <li>{@code GET /api/schedule}: every matrix that is run by itself, as {@link ScheduleLine}
 *   <li>{@code POST /api/schedule}: a {@link ScheduleChange}
 * </ul>
 */
public final class HomeApi implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHUNK = 1 << 20;

    private final Board board;
    private final ToIntFunction<String> cancel;
    private final Queue queue;
    private final Transcripts transcripts;
    private final String token = HexFormat.of().formatHex(random());
    private final Javalin server;

    /** Opens a transcript at its beginning; what an attempt has not written is empty. */
    @FunctionalInterface
    public interface Transcripts {
        /** @param shard its name, or empty for the whole attempt */
        InputStream open(CellStatus attempt, Transcript which, String shard) throws IOException;
    }

    /** What is to come. Each throws {@link IllegalArgumentException} with a message for people when it cannot be done. */
    public interface Queue {
        QueueAnswer add(QueueRequest asked) throws IOException;

        List<ScheduleLine> schedule();

        void change(ScheduleChange asked);
    }

    /**
     * @param cancel takes a selector, cancels what it selects, and returns how many cells; throws {@link
     *     IllegalArgumentException} with a message for people when the selector is wrong
     */
    public HomeApi(Board board, Transcripts transcripts, ToIntFunction<String> cancel, Queue queue) {
        this.board = board;
        this.transcripts = transcripts;
        this.cancel = cancel;
        this.queue = queue;
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.before(this::admit);
            config.routes.get("/api/cells", this::cells);
            config.routes.get("/api/cells/{run}/{cell}/{transcript}", this::transcript);
            config.routes.post("/api/cancel", this::cancel);
            config.routes.post("/api/queue", this::queue);
            config.routes.get("/api/schedule", this::schedule);
            config.routes.post("/api/schedule", this::changeSchedule);
            config.routes.exception(IllegalArgumentException.class, HomeApi::refuse);
            config.routes.exception(JacksonException.class, HomeApi::refuse);
        });
        server.start("127.0.0.1", 0);
    }

    /** Where and with which secret it answers. */
    public HomeLock.Door door() {
        return new HomeLock.Door(ProcessHandle.current().pid(), server.port(), token);
    }

    private void admit(Context request) {
        byte[] given = String.valueOf(request.header("Authorization")).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, ("Bearer " + token).getBytes(StandardCharsets.UTF_8))
                || !("127.0.0.1:" + server.port()).equals(request.host())) {
            request.status(HttpStatus.FORBIDDEN);
            request.skipRemainingHandlers();
        }
    }

    private void cells(Context request) {
        List<StatusLine> lines = board.snapshot().stream().map(StatusLine::of).toList();
        request.contentType("application/json").result(StatusLine.toJson(lines));
    }

    private void transcript(Context request) throws IOException {
        CellStatus status = board.snapshot().stream()
                .filter(cell -> Long.toString(cell.attempt().run()).equals(request.pathParam("run"))
                        && cell.cell().toString().equals(request.pathParam("cell")))
                .reduce((stored, again) -> again)
                .orElse(null);
        if (status == null) {
            request.status(HttpStatus.NOT_FOUND);
            return;
        }
        boolean ended = status.outcome() != null;
        long from = Math.max(0, Long.parseLong(String.valueOf(request.queryParam("from"))));
        try (InputStream in =
                transcripts.open(status, Transcript.ofWord(request.pathParam("transcript")), shard(request))) {
            in.skip(from);
            request.header("Muster-Ended", Boolean.toString(ended));
            request.contentType("application/octet-stream").result(in.readNBytes(CHUNK));
        }
    }

    private static String shard(Context request) {
        String name = request.queryParam("shard");
        return name == null ? "" : name;
    }

    private void cancel(Context request) {
        int cells = cancel.applyAsInt(request.body());
        request.result(cells == 1 ? "1 cell cancelled" : cells + " cells cancelled");
    }

    private void queue(Context request) throws IOException {
        answer(request, queue.add(JSON.readValue(request.bodyAsBytes(), QueueRequest.class)));
    }

    private void schedule(Context request) {
        answer(request, queue.schedule());
    }

    private void changeSchedule(Context request) {
        queue.change(JSON.readValue(request.bodyAsBytes(), ScheduleChange.class));
    }

    private static void answer(Context request, Object value) {
        request.contentType("application/json").result(JSON.writeValueAsBytes(value));
    }

    private static void refuse(Exception wrong, Context request) {
        request.status(HttpStatus.BAD_REQUEST).result(String.valueOf(wrong.getMessage()));
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        server.stop();
    }
}
