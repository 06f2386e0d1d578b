package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import muster.orchestrator.guest.Deadline;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with one QEMU by QMP: a JSON object a line, see docs/interop/qmp-spec of QEMU. What answers may have been taken
 * over by its guest.
 */
final class Qmp implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final LineSocket lines;

    private Qmp(LineSocket lines) {
        this.lines = lines;
    }

    /**
     * Connects, and agrees to speak.
     *
     * @param deadline of the whole conversation
     * @throws IOException when nobody listens there, or it does not speak QMP
     */
    static Qmp connect(Path socket, Deadline deadline) throws IOException {
        Qmp qmp = new Qmp(LineSocket.connect("QEMU", socket, deadline));
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
        return ask(command, Map.of());
    }

    /** The same for a command with arguments. */
    JsonNode ask(String command, Map<String, ?> arguments) throws IOException {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("execute", command);
        if (!arguments.isEmpty()) {
            question.put("arguments", arguments);
        }
        lines.write(JSON.writeValueAsString(question));
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
        lines.close();
    }

    private JsonNode read() throws IOException {
        try {
            JsonNode node = JSON.readTree(lines.read());
            if (!node.isObject()) {
                throw new IOException("cannot understand QEMU: it says " + shown(node));
            }
            return node;
        } catch (JacksonException e) {
            throw new IOException("cannot understand QEMU: " + e.getOriginalMessage(), e);
        }
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
