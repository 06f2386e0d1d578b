package muster.orchestrator.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Transcript;
import muster.reports.AuditEntry;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the process that holds a home, see {@link HomeApi}. */
public final class HomeClient {

    private static final String API = HomeApi.API;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofMillis(500);

    private final HomeLock.Door door;
    private final HttpClient http = HttpClient.newHttpClient();

    public HomeClient(HomeLock.Door door) {
        this.door = door;
    }

    /** Every cell under way, without those of runs that are to come. */
    public List<StatusLine> underWay() throws IOException, InterruptedException {
        return cells().stream().filter(cell -> cell.attempt() != 0).toList();
    }

    /** Every cell under way or to come. */
    public List<StatusLine> cells() throws IOException, InterruptedException {
        return StatusLine.ofJson(new String(send(request(API + "/cells").GET()).body(), StandardCharsets.UTF_8));
    }

    /** Cancels what the selector selects; returns the holder's answer. */
    public String cancel(String selector) throws IOException, InterruptedException {
        return new String(
                send(request(API + "/cancel").POST(HttpRequest.BodyPublishers.ofString(selector)))
                        .body(),
                StandardCharsets.UTF_8);
    }

    /**
     * Queues a run.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public QueueAnswer queue(QueueRequest asked) throws IOException, InterruptedException {
        return JSON.readValue(
                send(request(API + "/queue")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(asked))))
                        .body(),
                QueueAnswer.class);
    }

    /** Every matrix that is run by itself. */
    public List<ScheduleLine> schedule() throws IOException, InterruptedException {
        return JSON.readValue(
                send(request(API + "/schedule").GET()).body(), new TypeReference<List<ScheduleLine>>() {});
    }

    /**
     * Changes the schedule of a matrix.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public void change(ScheduleChange asked) throws IOException, InterruptedException {
        send(request(API + "/schedule").POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(asked))));
    }

    /** All tokens that there ever were. */
    public List<TokenLine> tokens() throws IOException, InterruptedException {
        return JSON.readValue(send(request(API + "/tokens").GET()).body(), new TypeReference<List<TokenLine>>() {});
    }

    /**
     * Queues what was bad in a run, or in the newest that has ended.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public RerunAnswer rerun(@Nullable Long run) throws IOException, InterruptedException {
        return JSON.readValue(
                post(API + "/rerun" + (run == null ? "" : "?run=" + run), new byte[0])
                        .body(),
                RerunAnswer.class);
    }

    /**
     * Holds cells back, or lets them go; how many.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public int hold(HoldRequest asked) throws IOException, InterruptedException {
        byte[] answer = post(API + "/hold", JSON.writeValueAsBytes(asked)).body();
        return Integer.parseInt(new String(answer, StandardCharsets.UTF_8));
    }

    /**
     * How a run stands.
     *
     * @throws Refused when there is none of this number
     */
    public RunStatus run(long number) throws IOException, InterruptedException {
        return JSON.readValue(send(request(API + "/runs/" + number).GET()).body(), RunStatus.class);
    }

    /**
     * Makes a token.
     *
     * @param expires after how long it is refused, or null for never
     */
    public NewToken createToken(String name, Role role, @Nullable Duration expires)
            throws IOException, InterruptedException {
        AccessRoutes.TokenRequest asked =
                new AccessRoutes.TokenRequest(name, role.word(), expires == null ? null : (Long) expires.toSeconds());
        return JSON.readValue(
                post(API + "/tokens", JSON.writeValueAsBytes(asked)).body(), NewToken.class);
    }

    /** Takes a token back. */
    public void revokeToken(String name) throws IOException, InterruptedException {
        post(API + "/tokens/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/revoke", new byte[0]);
    }

    /** What was done last, the newest first. */
    public List<AuditEntry> audit() throws IOException, InterruptedException {
        return JSON.readValue(send(request(API + "/audit").GET()).body(), new TypeReference<List<AuditEntry>>() {});
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /**
     * Copies a transcript; with {@code follow} until its cell has ended, or the holder has gone.
     *
     * @param start how many bytes are left out at its beginning
     * @return how many bytes were copied; where the holder has gone, what is missing lies in its store
     */
    public Copied copy(StatusLine cell, Transcript which, long start, boolean follow, OutputStream to)
            throws IOException, InterruptedException {
        return copy(cell, which, "", start, follow, to);
    }

    /**
     * The same for one shard.
     *
     * @param shard its name, or empty for the whole cell
     */
    public Copied copy(StatusLine cell, Transcript which, String shard, long start, boolean follow, OutputStream to)
            throws IOException, InterruptedException {
        long from = start;
        while (true) {
            HttpResponse<byte[]> answer;
            try {
                answer = send(request((API + "/cells/%d/%s/%s?from=%d&shard=%s")
                                .formatted(cell.run(), cell.cell(), which.word(), from, shard))
                        .GET());
            } catch (Unreachable gone) {
                return new Copied(from, false);
            }
            to.write(answer.body());
            to.flush();
            from += answer.body().length;
            boolean ended =
                    answer.headers().firstValue("Muster-Ended").orElse("").equals("true");
            if (answer.body().length == 0) {
                if (ended || !follow) {
                    return new Copied(from, true);
                }
                Thread.sleep(BEAT);
            }
        }
    }

    /** The holder will not do it, for a reason that it gives. */
    public static final class Refused extends IOException {
        Refused(String why) {
            super(why);
        }
    }

    /** The holder does not answer, or stopped in the middle of an answer: it has gone, or goes. */
    public static final class Unreachable extends IOException {
        Unreachable(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * What was copied.
     *
     * @param bytes from the beginning, those left out included
     * @param whole whether that was all there was when the copying ended
     */
    public record Copied(long bytes, boolean whole) {}

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + door.token());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new Unreachable(
                    "cannot reach the process %d that holds the home: %s".formatted(door.pid(), broken.getMessage()),
                    broken);
        }
        if (answer.statusCode() / 100 == 2) {
            return answer;
        }
        String detail = detail(answer);
        if (answer.statusCode() == 400 || answer.statusCode() == 404) {
            throw new Refused(detail);
        }
        throw new IOException("cannot ask the process %d that holds the home: it answered %d: %s"
                .formatted(door.pid(), answer.statusCode(), detail));
    }

    /** What a problem document says to people; what else came, as it is. */
    private static String detail(HttpResponse<byte[]> answer) {
        boolean isProblem =
                answer.headers().firstValue("Content-Type").orElse("").startsWith(Problem.MEDIA_TYPE);
        return isProblem
                ? JSON.readValue(answer.body(), Problem.class).detail()
                : new String(answer.body(), StandardCharsets.UTF_8);
    }
}
