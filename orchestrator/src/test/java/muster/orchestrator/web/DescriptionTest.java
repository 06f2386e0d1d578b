package muster.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import muster.orchestrator.matrix.Estimate;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.NewRun;
import muster.reports.Role;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is described is what there is. */
class DescriptionTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final CellKey CELL = new CellKey("debian-12", "commands", "default", "uml");

    @TempDir
    Path folder;

    private TestServer server;
    private String token;
    private JsonNode described;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(folder, List.of());
        token = server.token(Role.ADMIN);
        described = JSON.readTree(send("GET", "/api/v1/openapi.json", "").body());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .header("Authorization", "Bearer " + token)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedOneIsThere() {
        List<String> routes = server.api().routes().stream()
                .map(route -> route.method() + " " + route.path())
                .sorted()
                .toList();
        List<String> words = new ArrayList<>();
        described
                .get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> words.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        words.sort(null);
        assertThat(words).isEqualTo(routes);
    }

    @Test
    void theRolesThatAreDescribedAreThoseThatAreNeeded() {
        for (Route route : server.api().routes()) {
            JsonNode operation = described
                    .get("paths")
                    .get(route.path())
                    .get(route.method().name().toLowerCase(Locale.ROOT));
            Role needs = route.needs();
            assertThat(operation.path("description").asString(""))
                    .as(route.path())
                    .isEqualTo(needs == null ? "" : "Needs the role " + needs.word() + ".");
            assertThat(operation.has("security")).as(route.path()).isEqualTo(needs == null);
            boolean saysItself =
                    route.path().equals("/api/v1/command"); // which commands are deeds, see HeldCommandsTest
            assertThat(route.deed().isEmpty())
                    .as(route.path())
                    .isEqualTo(saysItself || route.method().name().equals("GET"));
        }
    }

    @Test
    void realAnswersFitTheirSchemas() throws Exception {
        long run = server.store().queue(new NewRun("nightly", "digest", server.now(), Map.of(), List.of(CELL)));
        Attempt attempt = server.store().begin(run, CELL, Attempt.Kind.MAIN, server.now());
        server.board().queued(attempt, new Estimate(Duration.ofMinutes(1), Duration.ofMinutes(1), 3));
        server.board().counts(attempt, new Counts(Map.of(Verdict.PASS, 3)));
        fits("GET", "/api/v1/cells", "/api/v1/cells", "", 200);
        fits("GET", "/api/v1/runs/{run}/cells", "/api/v1/runs/" + run + "/cells", "", 200);
        fits("GET", "/api/v1/status", "/api/v1/status?as=json", "", 200);
        fits(
                "POST",
                "/api/v1/cells/{run}/{cell}/keep",
                "/api/v1/cells/" + run + "/" + CELL.slug() + "/keep",
                "{}",
                400);
        fits("GET", "/api/v1/schedule", "/api/v1/schedule", "", 200);
        fits("GET", "/api/v1/hosts", "/api/v1/hosts", "", 200);
        fits("GET", "/api/v1/tokens", "/api/v1/tokens", "", 200);
        fits(
                "POST",
                "/api/v1/queue",
                "/api/v1/queue",
                "{\"file\": \"nightly\", \"settings\": {}, \"only\": [], \"priority\": 0}",
                200);
        fits(
                "POST",
                "/api/v1/tokens",
                "/api/v1/tokens",
                "{\"name\": \"new\", \"role\": \"reader\", \"expiresSeconds\": 60}",
                201);
        fits("GET", "/api/v1/upkeep", "/api/v1/upkeep", "", 200);
        fits("POST", "/api/v1/upkeep", "/api/v1/upkeep", "{\"kinds\": [], \"dryRun\": true}", 200);
        fits("POST", "/api/v1/backup", "/api/v1/backup", "{\"file\": \"/b\"}", 403);
        fits("GET", "/health/live", "/health/live", "", 200);
        fits("GET", "/health/ready", "/health/ready", "", 200);
        server.upkeep().stopped = "Cells do not begin.";
        fits("GET", "/health/ready", "/health/ready", "", 503);
        fits("GET", "/api/v1/audit", "/api/v1/audit", "", 200);
        fits("GET", "/api/v1/waivers", "/api/v1/waivers", "", 200);
        fits("POST", "/api/v1/waivers", "/api/v1/waivers", "{}", 400);
        fits("POST", "/api/v1/tokens", "/api/v1/tokens", "{\"name\": \"new\", \"role\": \"reader\"}", 400);
        fits("POST", "/api/v1/tokens", "/api/v1/tokens", "not JSON", 400);
        fits("GET", "/api/v1/runs/{run}/cells", "/api/v1/runs/99/cells", "", 404);
        fits("GET", "/api/v1/runs/{run}", "/api/v1/runs/99", "", 404);
        assertThat(send("GET", "/api/v1/nothing", "").body()).contains("\"status\":404");
    }

    private void fits(String method, String path, String address, String body, int status) throws Exception {
        HttpResponse<String> answer = send(method, address, body);
        assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isEqualTo(status);
        JsonNode responses = described
                .get("paths")
                .get(path)
                .get(method.toLowerCase(Locale.ROOT))
                .get("responses");
        JsonNode content =
                (status < 400 ? responses.get(Integer.toString(status)) : responses.get("default")).get("content");
        String media = answer.headers().firstValue("Content-Type").orElseThrow();
        assertThat(content.propertyNames()).contains(media);
        ObjectNode schema = (ObjectNode) content.get(media).get("schema").deepCopy();
        schema.set("components", described.get("components"));
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(JSON.readTree(answer.body()));
        assertThat(errors).as("%s: %s", address, answer.body()).isEmpty();
    }
}
