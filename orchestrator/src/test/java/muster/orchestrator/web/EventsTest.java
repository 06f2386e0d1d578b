package muster.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told as it happens. */
@Timeout(60)
class EventsTest {

    private static final Attempt ATTEMPT =
            new Attempt(7, 3, new CellKey("debian-12", "commands", "default", "uml"), Attempt.Kind.MAIN, 1);
    private static final String LOG = "/api/v1/cells/3/debian-12:commands:default@uml/log/follow";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer(folder, List.of());
        server.board().queued(ATTEMPT, null);
        server.board().step(ATTEMPT, Step.RUNNING, server.now());
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        server.close();
    }

    private HttpResponse<Stream<String>> listen(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    /** The data of the next events. */
    private static List<String> next(Stream<String> lines, int count) {
        return lines.filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .limit(count)
                .toList();
    }

    @Test
    void aTextIsToldAsItGrowsAndItsEndIsTold() throws Exception {
        Path log = Files.writeString(server.file("log"), "one\n");
        HttpResponse<Stream<String>> told = listen(LOG);
        assertThat(told.statusCode()).isEqualTo(200);
        Thread writing = Thread.ofVirtual().start(() -> {
            append(log, "zw\u00f6lf <b>\u001b[31m\n".getBytes(StandardCharsets.UTF_8));
            server.board().ended(ATTEMPT, Outcome.PASSED, "", Counts.NONE, server.now());
        });
        String all = String.join("", next(told.body(), Integer.MAX_VALUE));
        writing.join();
        assertThat(all)
                .contains("one\\n")
                .contains("zw\\u00F6lf <b>\\u27E8ESC\\u27E9[31m")
                .endsWith("{}");
        await().untilAsserted(() -> assertThat(server.api().listeners()).isZero());
    }

    @Test
    void aCharacterThatIsCutWaitsForItsRest() throws Exception {
        byte[] whole = "a\u20acb".getBytes(StandardCharsets.UTF_8);
        Path log = server.file("log");
        Files.write(log, java.util.Arrays.copyOf(whole, 2));
        assertThat(Chunk.read(log, 0)).isEqualTo(new Chunk("a", 1));
        Files.write(log, whole);
        assertThat(Chunk.read(log, 1)).isEqualTo(new Chunk("\u20acb", 5));
        assertThat(Chunk.read(server.file("none"), 0)).isEqualTo(new Chunk("", 0));
    }

    @Test
    void whoLostTheirConnectionGoesOnWhereTheyWere() throws Exception {
        Files.writeString(server.file("log"), "one\ntwo\n");
        server.board().ended(ATTEMPT, Outcome.PASSED, "", Counts.NONE, server.now());
        HttpResponse<Stream<String>> told = listen(LOG, "Last-Event-ID", "4");
        assertThat(next(told.body(), 9)).containsExactly("\"two\\n\"", "{}");
    }

    @Test
    void aChangeIsToldToAllWhoListenAndSoAreCounts() throws Exception {
        HttpResponse<Stream<String>> first = listen("/api/v1/events");
        HttpResponse<Stream<String>> second = listen("/api/v1/events");
        server.board().detail(ATTEMPT, "waits");
        assertThat(next(first.body(), 1)).containsExactly("{}");
        server.board().counts(ATTEMPT, new Counts(Map.of(Verdict.PASS, 1)));
        assertThat(next(second.body(), 2)).containsExactly("{}", "{}");
    }

    @Test
    void whatIsNotUnderWayCannotBeFollowed() throws Exception {
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + LOG.replace("/3/", "/4/")))
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("under way");
    }

    @Test
    void whoDoesNotAskForEventsIsToldHow() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/events"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("Accept: text/event-stream");
    }

    @Test
    void whoeverHasGoneIsForgotten() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
                            .formatted(server.port())
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.api().listeners() == 1);
        }
        await().untilAsserted(() -> {
            server.board().detail(ATTEMPT, "now " + System.nanoTime());
            assertThat(server.api().listeners()).isZero();
        });
    }

    @Test
    void nobodyIsToldAnythingByAServerThatHasEnded() throws Exception {
        listen("/api/v1/events");
        listen(LOG);
        await().until(() -> server.api().listeners() == 2);
        server.api().close();
        assertThat(server.api().listeners()).isZero();
    }

    private static void append(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.APPEND);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
