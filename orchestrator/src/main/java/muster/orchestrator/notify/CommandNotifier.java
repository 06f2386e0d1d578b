package muster.orchestrator.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.Harmless;

/** Tells by a program of the host: {@link Message#json} on its standard input, its subject in {@code MUSTER_SUBJECT}. */
final class CommandNotifier implements Notifier {

    private static final long LIMIT_SECONDS = 60;
    private static final int SAID_BYTES = 2_000;

    private final Channel.Command command;
    private final Clock clock;

    CommandNotifier(Channel.Command command, Clock clock) {
        this.command = command;
        this.clock = clock;
    }

    @Override
    public void send(Message message) throws IOException, InterruptedException {
        Path given = Files.createTempFile("muster-notify", ".json");
        Path said = Files.createTempFile("muster-notify", ".out");
        try {
            Files.write(given, message.json(clock.instant()));
            ProcessBuilder builder = new ProcessBuilder(command.words())
                    .redirectInput(given.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("MUSTER_SUBJECT", message.subject());
            int status = await(start(builder));
            if (status != 0) {
                throw new IOException("cannot tell by " + command.words().getFirst() + ": it ended with " + status
                        + " and said: " + tail(said));
            }
        } finally {
            Files.delete(given);
            Files.delete(said);
        }
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException absent) {
            throw new IOException(
                    "cannot tell by " + builder.command().getFirst() + ": " + absent.getMessage(), absent);
        }
    }

    private int await(Process process) throws IOException, InterruptedException {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException(
                    "cannot tell by " + command.words().getFirst() + ": it has not ended in " + LIMIT_SECONDS + " s");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String tail(Path said) throws IOException {
        String all = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        return Harmless.line(
                all.substring(Math.max(0, all.length() - SAID_BYTES)).strip());
    }
}
