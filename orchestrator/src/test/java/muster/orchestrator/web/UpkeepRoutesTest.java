package muster.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import muster.reports.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the farm tells of how it looks after itself, and to whom. */
class UpkeepRoutesTest {

    private static final String FULL = "Cells do not begin: the disk of the home has 1G left.";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(folder, List.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void itIsReadyUntilItsDiskIsFullAndLiveEvenThen() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        server.upkeep().stopped = FULL;
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        assertThat(new JsonMapper().readTree(answer.body()).get("detail").asString())
                .isEqualTo("cannot take up new work: disk: it is full");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void everyPageSaysThatTheDiskIsFullAlsoOneThatIsNotThere() throws Exception {
        for (Route route : server.api().routes()) {
            boolean page = route.method().name().equals("GET")
                    && (route.path().equals("/") || route.path().matches("/[a-z-]+\\.html"));
            if (page) {
                assertThat(page(route.path())).as(route.path()).doesNotContain("Cells do not begin");
                server.upkeep().stopped = FULL;
                assertThat(page(route.path())).as(route.path()).contains(FULL).contains("role=\"alert\"");
                server.upkeep().stopped = "";
            }
        }
        server.upkeep().stopped = FULL;
        assertThat(page("/nothing.html")).contains(FULL);
    }

    @Test
    void statusSaysThatTheDiskIsFullAsTextAndAsJson() throws Exception {
        HomeClient client = new HomeClient(server.api().door());
        assertThat(client.status(false, 80)).doesNotContain(FULL);
        assertThat(StatusAnswer.ofJson(client.status(true, 80)).stopped()).isEmpty();
        server.upkeep().stopped = FULL;
        assertThat(client.status(false, 80)).startsWith(FULL + "\n");
        assertThat(StatusAnswer.ofJson(client.status(true, 80))).isEqualTo(new StatusAnswer(FULL, List.of()));
    }

    @Test
    void theFootOfAPageTellsWhatWasRemovedAndWhenTheNextTimeIs() throws Exception {
        assertThat(page("/index.html")).contains("Tidied 1 Jan 1970, 00:00: 2 images: 3G. Next 2 Jan 1970, 00:00.");
    }

    @Test
    void requestsAreTakenDownByRouteAndNotByAddress() throws Exception {
        get("/run/7/debian-12~commands~default~uml.html");
        get("/nowhere");
        await().until(() -> server.upkeep().answered.size() == 2);
        assertThat(server.upkeep().answered).containsExactly("GET /run/{run}/{file} 404", "GET none 404");
    }

    @Test
    void onlyThisHostsOwnUserMayBackUp() throws Exception {
        String body = "{\"file\": \"/elsewhere/b.tar.zst\"}";
        HttpResponse<String> refused = post("/api/v1/backup", server.token(Role.ADMIN), body);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("cannot back up for somebody elsewhere");
        new HomeClient(server.api().door()).backUp(Path.of("/elsewhere/b.tar.zst"));
        assertThat(server.upkeep().done).containsExactly("back up to /elsewhere/b.tar.zst");
    }

    @Test
    void onlyAnAdminMayHaveThingsRemoved() throws Exception {
        String body = "{\"kinds\": [\"images\"], \"dryRun\": false}";
        assertThat(post("/api/v1/upkeep", server.token(Role.OPERATOR), body).statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/upkeep", server.token(Role.ADMIN), body).statusCode())
                .isEqualTo(200);
        assertThat(server.upkeep().done).containsExactly("tidy [images]");
        assertThat(server.store().audit().newest(1, Long.MAX_VALUE).getFirst().what())
                .isEqualTo("remove what may go");
    }

    @Test
    void aNeighbourMayReadWhatIsMeasured() throws Exception {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.body()).isEqualTo("muster_cells 0\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    private String page(String path) throws IOException, InterruptedException {
        return send(request(path)
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + server.token(Role.ADMIN)))
                .body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> post(String path, String token, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
