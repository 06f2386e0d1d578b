package muster.testsuites;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays a guest with this host's own sh, or another: {@code LocalShell(List.of("busybox", "sh"))}. */
final class LocalShell implements GuestShell {
    private final List<String> sh;

    LocalShell(List<String> sh) {
        this.sh = sh;
    }

    @Override
    public Answer run(String command, Duration limit) throws IOException, InterruptedException {
        return feed(command, InputStream.nullInputStream(), limit);
    }

    @Override
    public int stream(String command, OutputStream output, OutputStream error)
            throws IOException, InterruptedException {
        Process process = start(command);
        try {
            process.getOutputStream().close();
            // A blocking read of a pipe hears no interrupt; looking whether there is something does.
            boolean alive = true;
            while (alive) {
                alive = !process.waitFor(2, TimeUnit.MILLISECONDS);
                copyReady(process.getInputStream(), output);
                copyReady(process.getErrorStream(), error);
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void copyReady(InputStream from, OutputStream to) throws IOException {
        for (int ready = from.available(); ready > 0; ready = from.available()) {
            to.write(from.readNBytes(ready));
        }
    }

    @Override
    public Answer feed(String command, InputStream input, Duration limit) throws IOException, InterruptedException {
        Process process = start(command);
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Thread errors = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), error));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread outputs = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
        try (OutputStream in = process.getOutputStream()) {
            input.transferTo(in);
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new ConnectionCut("cannot wait longer for: " + command, null);
        }
        outputs.join();
        errors.join();
        return new Answer(
                process.exitValue(), output.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    }

    private Process start(String command) throws IOException {
        List<String> words = new ArrayList<>(sh);
        words.add("-c");
        words.add(command);
        return new ProcessBuilder(words).start();
    }

    private static void drain(InputStream in, ByteArrayOutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            out.writeBytes(("[" + e.getMessage() + "]").getBytes(StandardCharsets.UTF_8));
        }
    }
}
