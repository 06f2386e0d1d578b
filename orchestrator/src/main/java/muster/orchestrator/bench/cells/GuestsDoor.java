package muster.orchestrator.bench.cells;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Asks the process that plays guests. */
final class GuestsDoor {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path socket;

    GuestsDoor(Path socket) {
        this.socket = socket;
    }

    GuestOrder.Answer ask(GuestOrder order) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            String said = in.readLine();
            if (said == null) {
                throw new IOException("cannot have a guest played: who plays them hung up");
            }
            GuestOrder.Answer answer = JSON.readValue(said, GuestOrder.Answer.class);
            if (answer.problem() != null) {
                throw new IOException("cannot have a guest played: " + answer.problem());
            }
            return answer;
        }
    }
}
