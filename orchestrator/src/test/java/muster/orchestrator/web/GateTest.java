package muster.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import muster.reports.AuditEntry;
import muster.reports.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, spoken in plain HTTP: a browser's own rules would hide what is tested. */
class GateTest {

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer(folder, List.of("farm.example.org"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private record Answer(int status, String head, String body) {}

    private Answer ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            String all = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .collect(java.util.stream.Collectors.joining("\n"));
            int end = all.indexOf("\n\n");
            return new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 2));
        }
    }

    private Answer get(String path, String... headers) throws IOException {
        return ask("GET " + path + " HTTP/1.1\n" + lines(headers) + "Connection: close\n\n");
    }

    private Answer post(String path, String body, String... headers) throws IOException {
        return ask("POST " + path + " HTTP/1.1\n" + lines(headers) + "Connection: close\nContent-Length: "
                + body.length() + "\n\n" + body);
    }

    private String lines(String... headers) {
        String all = String.join("\n", headers);
        return (all.contains("Host:") ? "" : "Host: 127.0.0.1:" + server.port() + "\n")
                + all
                + (headers.length == 0 ? "" : "\n");
    }

    private String bearer(Role role) {
        return "Authorization: Bearer " + server.token(role);
    }

    private String cookie(String token) throws IOException {
        Answer signedIn = post("/sign-in", "token=" + token, "Content-Type: application/x-www-form-urlencoded");
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.head())
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        return "Cookie: "
                + signedIn.head()
                        .lines()
                        .filter(line -> line.startsWith("Set-Cookie: "))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("^Set-Cookie: |;.*", "");
    }

    @Test
    void onLoopbackEverybodyReadsAndNobodyChangesWithoutAToken() throws IOException {
        assertThat(get("/api/v1/cells").status()).isEqualTo(200);
        assertThat(get("/index.html").body()).contains("Nothing has run yet");
        Answer refused = post("/api/v1/cancel", "*");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.head()).contains("application/problem+json");
        assertThat(refused.body()).contains("needs the role operator").contains("\"status\":401");
        assertThat(get("/api/v1/tokens").status()).isEqualTo(401);
    }

    @Test
    void eachRoleMayWhatThoseBeforeItMay() throws IOException {
        assertThat(post("/api/v1/cancel", "*", bearer(Role.READER)).status()).isEqualTo(403);
        assertThat(post("/api/v1/cancel", "*", bearer(Role.OPERATOR)).status()).isEqualTo(200);
        assertThat(get("/api/v1/audit", bearer(Role.OPERATOR)).status()).isEqualTo(403);
        assertThat(get("/api/v1/audit", bearer(Role.ADMIN)).status()).isEqualTo(200);
        assertThat(post("/api/v1/cancel", "*", bearer(Role.ADMIN)).status()).isEqualTo(200);
    }

    @Test
    void aRevokedTokenLetsNobodyInNorDoesItsSession() throws IOException {
        String secret = server.token(Role.OPERATOR);
        String cookie = cookie(secret);
        String own = "Origin: http://127.0.0.1:" + server.port();
        assertThat(post("/keep", "hours=2", cookie, own, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(303);
        assertThat(server.deeds().done).containsExactly("keep " + Duration.ofHours(2));
        assertThat(post(
                                "/run/7/debian-12~posix~quick~uml/keep",
                                "hours=3",
                                cookie,
                                own,
                                "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(303);
        assertThat(server.deeds().done).contains("keep 7 debian-12:posix:quick@uml " + Duration.ofHours(3));
        server.deeds().done.remove(1);
        server.store().tokens().revoke("operator-1", server.now());
        assertThat(get("/api/v1/cells", "Authorization: Bearer " + secret).status())
                .isEqualTo(401);
        assertThat(post("/keep", "hours=2", cookie, own, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aNameThatIsNotThisFarmsIsNotAnswered() throws IOException {
        assertThat(get("/api/v1/cells", "Host: evil.example.org").status()).isEqualTo(421);
        assertThat(get("/api/v1/cells", "Host: localhost:9").status()).isEqualTo(200);
        assertThat(get("/api/v1/cells", "Host: farm.example.org").status())
                .as("known, but whoever comes by a name may come from anywhere")
                .isEqualTo(401);
        assertThat(get("/api/v1/cells", "Host: farm.example.org", bearer(Role.READER))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFormOfAnotherPageIsRefusedWhateverCookieItHas() throws IOException {
        String cookie = cookie(server.token(Role.OPERATOR));
        String form = "Content-Type: application/x-www-form-urlencoded";
        assertThat(post("/keep", "hours=2", cookie, form, "Origin: http://evil.example.org")
                        .status())
                .isEqualTo(403);
        assertThat(post("/keep", "hours=2", cookie, form, "Origin: null").status())
                .isEqualTo(403);
        assertThat(post("/keep", "hours=2", cookie, form).status()).isEqualTo(403);
        assertThat(post("/keep", "hours=2", bearer(Role.OPERATOR), form, "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(server.deeds().done).isEmpty();
    }

    @Test
    void everyPageIsThereForWhoMaySeeIt() throws IOException {
        String admin = bearer(Role.ADMIN);
        for (String path : List.of(
                "/",
                "/waivers.html",
                "/queue.html",
                "/hosts.html",
                "/schedule.html",
                "/access.html",
                "/sign-in.html")) {
            assertThat(get(path, admin).status()).as(path).isEqualTo(200);
            assertThat(get(path, admin).body()).as(path).contains("assets/muster.js");
        }
        for (String asset : muster.reports.LiveSite.assets()) {
            assertThat(get("/assets/" + asset).status()).as(asset).isEqualTo(200);
        }
        Answer none = get("/run/99/index.html", "Accept: text/html");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body()).contains("cannot find run 99").contains("../../assets/muster.css");
    }

    @Test
    void nothingIsChangedByGet() throws IOException {
        String cookie = cookie(server.token(Role.ADMIN));
        for (String path : List.of("/keep", "/waive", "/run/1/cancel", "/tokens", "/api/v1/cancel", "/sign-out")) {
            assertThat(get(path, cookie).status()).as(path).isEqualTo(404);
        }
        assertThat(server.deeds().done).isEmpty();
    }

    @Test
    void aOneTimeCodeSignsInOnce() throws IOException {
        String code = server.api().signInCode();
        assertThat(get("/sign-in.html?code=" + code).body()).contains("as the farm's own user");
        String cookie = cookie(code);
        assertThat(get("/access.html", cookie).status()).isEqualTo(200);
        assertThat(post("/sign-in", "token=" + code, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoAsksTooMuchOrTooOftenIsToldSo() throws IOException {
        assertThat(post("/api/v1/cancel", "x".repeat(70_000), bearer(Role.OPERATOR))
                        .status())
                .isEqualTo(413);
        assertThat(ask("POST /api/v1/cancel HTTP/1.1\n" + lines(bearer(Role.OPERATOR))
                                + "Connection: close\nTransfer-Encoding: chunked\n\n1\n*\n0\n\n")
                        .status())
                .isEqualTo(411);
        int last = 0;
        for (int guess = 0; guess < 12; guess++) {
            last = get("/api/v1/cells", "Authorization: Bearer guess" + guess).status();
        }
        assertThat(last).isEqualTo(429);
    }

    @Test
    void browsersAreToldToTrustNothingButThisServer() throws IOException {
        assertThat(get("/index.html").head())
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .contains("frame-ancestors 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Cache-Control: no-store")
                .doesNotContain("Server: Jetty");
    }

    @Test
    void whatIsDoneOrTriedStandsInTheAuditLog() throws IOException {
        post("/api/v1/cancel", "debian-12:*", bearer(Role.OPERATOR));
        post("/api/v1/cancel", "*", bearer(Role.READER));
        post("/api/v1/cancel", "*");
        assertThat(server.store().audit().newest(9, Long.MAX_VALUE))
                .extracting(AuditEntry::who, AuditEntry::what, AuditEntry::on)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("somebody at 127.0.0.1", "cancel", ""),
                        org.assertj.core.groups.Tuple.tuple("token reader-2", "cancel", ""),
                        org.assertj.core.groups.Tuple.tuple("token operator-1", "cancel", "debian-12:*"));
        assertThat(server.store().audit().newest(9, Long.MAX_VALUE).get(1).result())
                .startsWith("cannot do that as reader");
    }

    @Test
    void otherHostsAreLetInOnlyWhereThereAreTokens() throws IOException {
        assertThatThrownBy(() -> server.api().listen("0.0.0.0", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot listen at 0.0.0.0:0")
                .hasMessageContaining("muster token create");
        server.token(Role.READER);
        assertThat(server.api().listen("0.0.0.0", 0)).isPositive();
    }

    @Test
    void whoIsNotThisHostsOwnUserQueuesKnownMatricesOnly() throws IOException {
        String request = "{\"file\": \"%s\", \"settings\": {}, \"only\": [], \"priority\": 0}";
        assertThat(post("/api/v1/queue", request.formatted("/etc/passwd"), bearer(Role.ADMIN))
                        .body())
                .contains("it is not the name of a matrix; expected one of nightly");
        assertThat(post("/api/v1/queue", request.formatted("nightly"), bearer(Role.OPERATOR))
                        .status())
                .isEqualTo(200);
        assertThat(server.queued()).containsExactly("/farm/nightly.yaml");
    }
}
