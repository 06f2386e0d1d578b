package muster.orchestrator.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.SecretFile;

/**
 * Tells by an HTTP POST of {@link Message#json}, signed as the Standard Webhooks specification (1.0.0) says: {@code webhook-id},
 * {@code webhook-timestamp} in seconds, and {@code webhook-signature}, {@code v1,} and the BASE64 of HMAC-SHA256 over
 * {@code ID.TIMESTAMP.BODY}. The same message has the same id however often it is sent.
 */
final class WebhookNotifier implements Notifier {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final Channel.Webhook webhook;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    WebhookNotifier(Channel.Webhook webhook, Clock clock) {
        this.webhook = webhook;
        this.clock = clock;
    }

    @Override
    public void send(Message message) throws IOException, InterruptedException {
        Instant now = clock.instant();
        byte[] body = message.json(now);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        String secret = SecretFile.firstLine("the webhook's secret", webhook.secretFile());
        if (secret != null && !secret.isEmpty()) {
            request.header("webhook-signature", signature(secret, message.id(), now.getEpochSecond(), body));
        }
        int status;
        try {
            status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException broken) {
            throw new IOException("cannot reach " + webhook.url() + ": " + broken, broken);
        }
        if (status / 100 != 2) {
            throw new IOException("cannot tell " + webhook.url() + ": it answered " + status);
        }
    }

    static String signature(String secret, String id, long seconds, byte[] body) throws IOException {
        try {
            byte[] key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException(
                    "cannot sign with the webhook's secret: " + wrong.getMessage() + "; expected " + PREFIX
                            + " and BASE64, or plain text",
                    wrong);
        }
    }
}
