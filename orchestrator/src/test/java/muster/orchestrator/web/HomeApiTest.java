package muster.orchestrator.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Step;
import muster.reports.store.JdbiResultStore;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeApiTest {

    private static final Attempt ATTEMPT =
            new Attempt(7, 3, new CellKey("debian-12", "commands", "default", "uml"), Attempt.Kind.MAIN, 1);

    private final Board board = new Board(Clock.systemUTC());
    private final AtomicReference<byte[]> log = new AtomicReference<>(new byte[0]);
    private final AtomicReference<String> cancelled = new AtomicReference<>("");
    private final FakeDeeds deeds = new FakeDeeds();
    private final List<ScheduleChange> changes = new ArrayList<>();
    private final HomeApi.Queue queue = new HomeApi.Queue() {
        @Override
        public QueueAnswer add(QueueRequest asked) {
            return new QueueAnswer(asked.priority(), true);
        }

        @Override
        public RerunAnswer rerun(Long run) {
            return new RerunAnswer(9, run == null ? 8 : run, 2, true);
        }

        @Override
        public int hold(HoldRequest asked) {
            if (asked.what().equals("12")) {
                throw new IllegalArgumentException("cannot hold or release run 12: it has ended");
            }
            return asked.hold() ? 3 : 2;
        }

        @Override
        public List<StatusLine> cells() {
            return board.snapshot().stream().map(StatusLine::of).toList();
        }

        @Override
        public List<ScheduleLine> schedule() {
            throw new IllegalArgumentException("cannot look: nothing there");
        }

        @Override
        public void change(ScheduleChange asked) {
            changes.add(asked);
        }
    };

    @TempDir
    Path folder;

    private ResultStore store;
    private HomeApi api;
    private HomeClient client;

    @BeforeEach
    void open() throws IOException {
        store = JdbiResultStore.open(folder, Clock.systemUTC());
        deeds.cancelling = this::cancel;
        api = new HomeApi(new Held(
                new Home(folder),
                board,
                store,
                this::open,
                (status, which, shard) -> Optional.empty(),
                queue,
                deeds,
                new FakeUpkeep(),
                Clock.systemUTC(),
                ZoneOffset.UTC));
        client = new HomeClient(api.door());
    }

    @AfterEach
    void close() {
        api.close();
        store.close();
    }

    @Test
    void anotherProcessSeesWhereEveryCellStands() throws Exception {
        board.queued(ATTEMPT, null);
        board.step(ATTEMPT, Step.RUNNING, Clock.systemUTC().instant());
        board.counts(ATTEMPT, new Counts(Map.of(Verdict.PASS, 3)));
        StatusLine line = client.cells().getFirst();
        assertThat(line.cell()).isEqualTo("debian-12:commands:default@uml");
        assertThat(line.step()).isEqualTo("running");
        assertThat(line.verdicts()).containsExactly(Map.entry("pass", 3));
        assertThat(line.outcome()).isNull();
    }

    @Test
    void howItStandsIsToldAsTextAndAsJson() throws Exception {
        assertThat(client.status(false, 80))
                .startsWith("nothing is under way; process ")
                .endsWith("\n");
        assertThat(client.status(true, 80)).isEqualTo("{\"stopped\":\"\",\"cells\":[]}\n");
        board.queued(ATTEMPT, null);
        board.step(ATTEMPT, Step.RUNNING, Clock.systemUTC().instant());
        assertThat(client.status(false, 200))
                .startsWith("under way, process ")
                .contains("run  cell", "debian-12:commands:default@uml", "running");
        assertThat(client.status(false, 21).lines().skip(1).limit(2)).allMatch(line -> line.length() == 21);
        assertThat(client.status(false, 9).lines().skip(1).limit(2)).allMatch(line -> line.length() == 9);
        assertThat(client.status(true, 80))
                .startsWith("{\"stopped\":\"\",\"cells\":[{")
                .contains("\"step\":\"running\"");
    }

    @Test
    void aTranscriptIsFollowedUntilItsCellHasEnded() throws Exception {
        board.queued(ATTEMPT, null);
        byte[] large = "x".repeat(3_000_000).getBytes(UTF_8);
        log.set(large);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        Thread ending = Thread.ofVirtual().start(() -> {
            while (copy.size() < large.length) {
                Thread.onSpinWait();
            }
            byte[] more = (new String(large, UTF_8) + "the end").getBytes(UTF_8);
            log.set(more);
            board.ended(
                    ATTEMPT, Outcome.PASSED, "", Counts.NONE, Clock.systemUTC().instant());
        });
        client.copy(client.cells().getFirst(), Transcript.LOG, 0, true, copy);
        ending.join();
        assertThat(copy.size()).isEqualTo(large.length + "the end".length());
    }

    @Test
    void oneShardsTranscriptCanBeAskedFor() throws Exception {
        board.queued(ATTEMPT, null);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        client.copy(client.cells().getFirst(), Transcript.LOG, "shard-2", 0, false, copy);
        assertThat(copy.toString(UTF_8)).isEqualTo("of shard-2");
    }

    @Test
    void cancellingTakesASelector() throws Exception {
        assertThat(client.cancel("debian-12:*")).isEqualTo(2);
        assertThat(cancelled.get()).isEqualTo("debian-12:*");
        assertThatThrownBy(() -> client.cancel("wrong")).hasMessageContaining("no such cell");
    }

    @Test
    void runsAreQueuedAndSchedulesChanged() throws Exception {
        assertThat(client.queue(new QueueRequest("/m.yaml", Map.of(), List.of(), 9, null)))
                .isEqualTo(new QueueAnswer(9, true));
        ScheduleChange pause = new ScheduleChange("nightly", ScheduleChange.Action.PAUSE);
        client.change(pause);
        assertThat(changes).containsExactly(pause);
        assertThatThrownBy(client::schedule)
                .isInstanceOf(HomeClient.Refused.class)
                .hasMessage("cannot look: nothing there");
    }

    @Test
    void whoDoesNotKnowTheSecretGetsNothing() throws Exception {
        board.queued(ATTEMPT, null);
        assertThat(status("Bearer guessed", "GET")).isEqualTo(401);
        assertThat(status("", "POST")).isEqualTo(401);
        HomeLock.Door door = api.door();
        assertThatThrownBy(() -> new HomeClient(new HomeLock.Door(door.pid(), door.port(), "x")).cancel("*"))
                .hasMessageContaining("401");
        assertThat(cancelled.get()).isEmpty();
    }

    private int status(String authorization, String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + api.door().port() + (method.equals("GET") ? "/api/v1/cells" : "/api/v1/cancel")))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).doesNotContain("debian");
            return answer.statusCode();
        }
    }

    private InputStream open(CellStatus attempt, Transcript which, String shard) {
        return new ByteArrayInputStream(shard.isEmpty() ? log.get() : ("of " + shard).getBytes(UTF_8));
    }

    private int cancel(String selector) {
        if (selector.equals("wrong")) {
            throw new IllegalArgumentException("cannot cancel 'wrong': no such cell");
        }
        cancelled.set(selector);
        return 2;
    }

    @Test
    void whatIsHeldReleasedRunAgainAndWatchedIsAskedOfTheHolder() throws Exception {
        assertThat(client.hold(new HoldRequest("*:commands", true))).isEqualTo(3);
        assertThat(client.hold(new HoldRequest("*:commands", false))).isEqualTo(2);
        assertThatThrownBy(() -> client.hold(new HoldRequest("12", true)))
                .isInstanceOf(HomeClient.Refused.class)
                .hasMessage("cannot hold or release run 12: it has ended");
        assertThat(client.rerun(null)).isEqualTo(new RerunAnswer(9, 8, 2, true));
        assertThat(client.rerun(5L).of()).isEqualTo(5);
        assertThatThrownBy(() -> client.run(3)).hasMessageContaining("cannot find run 3: there is none");
    }
}
