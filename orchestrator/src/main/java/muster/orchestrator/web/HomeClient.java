package muster.orchestrator.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Transcript;
import muster.reports.AuditEntry;
import muster.reports.CellKey;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the process that holds a home, see {@link HomeApi}. */
public final class HomeClient {

    private static final String API = HomeApi.API;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Some of what is asked for writes all that there is, or looks at all of it. */
    private static final Duration LONG = Duration.ofHours(6);

    private static final Duration BEAT = Duration.ofMillis(500);

    private final HomeLock.Door door;

    public HomeClient(HomeLock.Door door) {
        this.door = door;
    }

    /** Every cell under way, without those of runs that are to come. */
    public List<StatusLine> underWay() throws IOException {
        return cells().stream().filter(cell -> cell.attempt() != 0).toList();
    }

    /** Every cell under way or to come. */
    public List<StatusLine> cells() throws IOException {
        return StatusLine.ofJson(get(API + "/cells").text());
    }

    /** What {@code muster status} prints, in lines of at most {@code width} characters where it is a table. */
    public String status(boolean asJson, int width) throws IOException {
        return get(API + "/status?width=" + width + (asJson ? "&as=json" : "")).text();
    }

    /**
     * The guest of a cell that has not ended is kept.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public void keep(long run, CellKey cell, Duration time) throws IOException {
        post(
                API + "/cells/" + run + "/" + cell.slug() + "/keep",
                JSON.writeValueAsBytes(new CellRoutes.KeepRequest((int) time.toSeconds())));
    }

    /**
     * Cancels what the selector selects; how many cells and kept guests that were.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public int cancel(String selector) throws IOException {
        return Integer.parseInt(
                post(API + "/cancel", selector.getBytes(StandardCharsets.UTF_8)).text());
    }

    /**
     * Queues a run.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public QueueAnswer queue(QueueRequest asked) throws IOException {
        return JSON.readValue(post(API + "/queue", JSON.writeValueAsBytes(asked)).body, QueueAnswer.class);
    }

    /** Every matrix that is run by itself. */
    public List<ScheduleLine> schedule() throws IOException {
        return JSON.readValue(get(API + "/schedule").body, new TypeReference<List<ScheduleLine>>() {});
    }

    /**
     * Changes the schedule of a matrix.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public void change(ScheduleChange asked) throws IOException {
        post(API + "/schedule", JSON.writeValueAsBytes(asked));
    }

    /** All tokens that there ever were. */
    public List<TokenLine> tokens() throws IOException {
        return JSON.readValue(get(API + "/tokens").body, new TypeReference<List<TokenLine>>() {});
    }

    /**
     * Queues what was bad in a run, or in the newest that has ended.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public RerunAnswer rerun(@Nullable Long run) throws IOException {
        return JSON.readValue(
                post(API + "/rerun" + (run == null ? "" : "?run=" + run), new byte[0]).body, RerunAnswer.class);
    }

    /**
     * Holds cells back, or lets them go; how many.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public int hold(HoldRequest asked) throws IOException {
        return Integer.parseInt(
                post(API + "/hold", JSON.writeValueAsBytes(asked)).text());
    }

    /**
     * How a run stands.
     *
     * @throws Refused when there is none of this number
     */
    public RunStatus run(long number) throws IOException {
        return JSON.readValue(get(API + "/runs/" + number).body, RunStatus.class);
    }

    /** How the holder looks after the home. */
    public UpkeepLine upkeep() throws IOException {
        return JSON.readValue(get(API + "/upkeep").body, UpkeepLine.class);
    }

    /**
     * Removes what has no reason to stay, or says what would go.
     *
     * @throws Refused when the holder says that it cannot now
     */
    public Tidied tidy(TidyRequest asked) throws IOException {
        return JSON.readValue(longPost(API + "/upkeep", asked), Tidied.class);
    }

    /**
     * Writes a backup.
     *
     * @throws Refused when the holder says that it cannot be
     */
    public BackupAnswer backUp(Path file) throws IOException {
        return JSON.readValue(longPost(API + "/backup", new BackupRequest(file.toString())), BackupAnswer.class);
    }

    /** Runs a command there. */
    public CommandAnswer command(CommandRequest asked) throws IOException {
        return JSON.readValue(longPost(API + "/command", asked), CommandAnswer.class);
    }

    private byte[] longPost(String path, Object asked) throws IOException {
        return good(ask(path, JSON.writeValueAsBytes(asked), LONG)).body;
    }

    /**
     * Makes a token.
     *
     * @param expires after how long it is refused, or null for never
     */
    public NewToken createToken(String name, Role role, @Nullable Duration expires) throws IOException {
        AccessRoutes.TokenRequest asked =
                new AccessRoutes.TokenRequest(name, role.word(), expires == null ? null : (Long) expires.toSeconds());
        return JSON.readValue(post(API + "/tokens", JSON.writeValueAsBytes(asked)).body, NewToken.class);
    }

    /** Takes a token back. */
    public void revokeToken(String name) throws IOException {
        post(API + "/tokens/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/revoke", new byte[0]);
    }

    /** What was done last, the newest first. */
    public List<AuditEntry> audit() throws IOException {
        return JSON.readValue(get(API + "/audit").body, new TypeReference<List<AuditEntry>>() {});
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
            HomeAnswer answer;
            try {
                answer = get((API + "/cells/%d/%s/%s?from=%d&shard=%s")
                        .formatted(cell.run(), cell.cell(), which.word(), from, shard));
            } catch (Unreachable gone) {
                return new Copied(from, false);
            }
            to.write(answer.body);
            to.flush();
            from += answer.body.length;
            if (answer.body.length == 0) {
                if (answer.ended || !follow) {
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

    private HomeAnswer get(String path) throws IOException {
        return good(ask(path, null, LIMIT));
    }

    private HomeAnswer post(String path, byte[] body) throws IOException {
        return good(ask(path, body, LIMIT));
    }

    private HomeAnswer ask(String path, byte @Nullable [] body, Duration limit) throws IOException {
        try {
            return HomeAnswer.to(door, path, body, limit);
        } catch (IOException broken) {
            throw new Unreachable(
                    "cannot reach the process %d that holds the home: %s".formatted(door.pid(), broken.getMessage()),
                    broken);
        }
    }

    private HomeAnswer good(HomeAnswer answer) throws IOException {
        if (answer.status / 100 == 2) {
            return answer;
        }
        if (answer.status == 400 || answer.status == 404) {
            throw new Refused(detail(answer));
        }
        throw new IOException("cannot ask the process %d that holds the home: it answered %d: %s"
                .formatted(door.pid(), answer.status, detail(answer)));
    }

    /** What a problem document says to people; what else came, as it is. */
    private static String detail(HomeAnswer answer) {
        return answer.isProblem ? JSON.readValue(answer.body, Problem.class).detail() : answer.text();
    }
}
