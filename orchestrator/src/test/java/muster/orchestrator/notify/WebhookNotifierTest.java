package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import muster.orchestrator.config.Channel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookNotifierTest extends NotifierContract {

    /** The specification's own example of a secret's form. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", request -> {
            bodies.add(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.add(request.getRequestHeaders());
            request.sendResponseHeaders(status, -1);
            request.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private Notifier signing(@Nullable String secretFile) {
        return new WebhookNotifier(
                new Channel.Webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/hook", secretFile),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    Notifier reaching() {
        return signing(null);
    }

    @Override
    Notifier missing() {
        server.stop(0);
        return signing(null);
    }

    @Override
    List<String> arrived() {
        return bodies;
    }

    @Test
    void aRefusalIsAFailure() {
        status = 503;
        IOException failed =
                assertThrows(IOException.class, () -> reaching().send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(failed).hasMessageContaining("503");
    }

    @Test
    void whoKnowsTheSecretCanTellThatItIsFromUs() throws Exception {
        Path secret = secret(SECRET, "rw-------");
        Message message = new Message(List.of(notice("a", "b", "c")));
        signing(secret.toString()).send(message);
        Headers sent = headers.getFirst();
        assertThat(sent.getFirst("webhook-id")).isEqualTo(message.id());
        assertThat(sent.getFirst("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(sent.getFirst("webhook-signature"))
                .isEqualTo(WebhookNotifier.signature(
                        SECRET,
                        message.id(),
                        NOW.getEpochSecond(),
                        bodies.getFirst().getBytes(StandardCharsets.UTF_8)));
    }

    /** Computed by {@code openssl dgst -sha256 -mac HMAC -macopt hexkey:... -binary | base64}. */
    @Test
    void theSignatureIsThatOfTheSpecification() throws IOException {
        assertThat(WebhookNotifier.signature(
                        SECRET,
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aSecretThatIsNoneIsSaid() throws IOException {
        Path secret = secret("whsec_%%%", "rw-------");
        IOException failed = assertThrows(
                IOException.class, () -> signing(secret.toString()).send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(failed).hasMessageStartingWith("cannot sign");
        assertThat(bodies).isEmpty();
    }

    @Test
    void aSecretThatOthersMayReadIsNotUsed() throws Exception {
        Path secret = secret(SECRET, "rw-r-----");
        IOException failed = assertThrows(
                IOException.class, () -> signing(secret.toString()).send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(failed)
                .hasMessage("cannot use the webhook's secret in " + secret
                        + ": others than its owner may read or write it; chmod 600 it");
        assertThat(bodies).isEmpty();
    }

    private Path secret(String words, String permissions) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), words + "\n");
        return Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));
    }
}
