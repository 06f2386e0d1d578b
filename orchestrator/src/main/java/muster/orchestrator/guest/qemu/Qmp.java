package muster.orchestrator.guest.qemu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import muster.orchestrator.guest.Deadline;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with one QEMU by QMP: a JSON object a line, see docs/interop/qmp-spec of QEMU. What answers may have been taken
 * over by its guest: lines have a ceiling, and every conversation a deadline.
 */
final class Qmp implements AutoCloseable {

    private static final int LINE_BYTES = 256 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final SocketChannel channel;
    private final Selector selector;
    private final Deadline deadline;
    private final ByteBuffer received = ByteBuffer.allocate(8192).flip();

    private Qmp(SocketChannel channel, Selector selector, Deadline deadline) {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    /**
     * Connects, and agrees to speak.
     *
     * @param deadline of the whole conversation
     * @throws IOException when nobody listens there, or it does not speak QMP
     */
    static Qmp connect(Path socket, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Qmp qmp;
        try {
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            qmp = new Qmp(channel, selector, deadline);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        boolean agreed = false;
        try {
            JsonNode greeting = qmp.read();
            if (!greeting.path("QMP").isObject()) {
                throw new IOException("cannot speak QMP at " + socket + ": it begins with " + shown(greeting));
            }
            qmp.ask("qmp_capabilities");
            agreed = true;
            return qmp;
        } finally {
            if (!agreed) {
                qmp.close();
            }
        }
    }

    /**
     * Asks QEMU something.
     *
     * @param command a command without arguments, e.g. {@code query-version}
     * @return what it returns
     * @throws IOException when it refuses, does not answer in time, or answers what is no QMP
     */
    JsonNode ask(String command) throws IOException {
        ByteBuffer question =
                ByteBuffer.wrap(("{\"execute\":\"" + command + "\"}\n").getBytes(StandardCharsets.US_ASCII));
        while (question.hasRemaining()) {
            // A question is far smaller than a socket's buffer: one that does not take it is not read from.
            if (channel.write(question) == 0) {
                throw new IOException("cannot ask QEMU for " + command + ": it does not listen");
            }
        }
        while (true) {
            JsonNode answer = read();
            if (answer.has("return")) {
                return answer.get("return");
            }
            if (answer.has("error")) {
                throw new IOException("QEMU refuses " + command + ": " + shown(answer.get("error")));
            }
            if (!answer.has("event")) {
                throw new IOException("cannot understand QEMU's answer to " + command + ": " + shown(answer));
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private JsonNode read() throws IOException {
        String line = readLine();
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new IOException("cannot understand QEMU: it says " + shown(node));
            }
            return node;
        } catch (JacksonException e) {
            throw new IOException("cannot understand QEMU: " + e.getOriginalMessage(), e);
        }
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LINE_BYTES) {
            while (received.hasRemaining()) {
                byte next = received.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            receive();
        }
        throw new IOException("cannot understand QEMU: a line of more than " + LINE_BYTES + " bytes");
    }

    private void receive() throws IOException {
        long millis = deadline.left().toMillis();
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new IOException("cannot understand QEMU: it said nothing in time");
        }
        selector.selectedKeys().clear();
        received.clear();
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            throw new IOException("QEMU hung up");
        }
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
