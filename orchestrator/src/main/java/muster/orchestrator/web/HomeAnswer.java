package muster.orchestrator.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import muster.orchestrator.home.HomeLock;
import org.jspecify.annotations.Nullable;

/** What the process that holds a home answered, whatever its status. */
final class HomeAnswer {

    final int status;
    final byte[] body;
    final boolean isProblem;
    final boolean ended;

    private HomeAnswer(HttpURLConnection connection, int status, byte[] body) {
        this.status = status;
        this.body = body;
        isProblem = Objects.requireNonNullElse(connection.getContentType(), "").startsWith(Problem.MEDIA_TYPE);
        ended = Objects.equals(connection.getHeaderField("Muster-Ended"), "true");
    }

    /**
     * Asks for one, by the older of the JDK's two clients: its first request takes a tenth of the other's time.
     *
     * @param body what to post, or null to get
     * @param limit of each wait for a part of the answer
     */
    static HomeAnswer to(HomeLock.Door door, String path, byte @Nullable [] body, Duration limit) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + door.port() + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + door.token());
        if (body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream to = connection.getOutputStream()) {
                to.write(body);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream said = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new HomeAnswer(connection, status, said == null ? new byte[0] : said.readAllBytes());
        }
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
