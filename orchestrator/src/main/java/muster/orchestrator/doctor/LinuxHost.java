package muster.orchestrator.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import muster.images.Tools;

/** This very host. */
final class LinuxHost implements Host {

    private static final int OUTPUT = 4000;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Override
    public String user() {
        return System.getProperty("user.name", "");
    }

    @Override
    public boolean root() {
        return user().equals("root");
    }

    @Override
    public Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException notThereOrNotForUs) {
            return Optional.empty();
        }
    }

    @Override
    public boolean has(String programOrFile) {
        return programOrFile.startsWith("/") ? Files.exists(Path.of(programOrFile)) : Tools.has(programOrFile);
    }

    @Override
    public Said run(Duration limit, List<String> words) throws InterruptedException {
        Process process;
        Path output;
        try {
            output = Files.createTempFile("muster-doctor", ".out");
        } catch (IOException e) {
            return new Said(-1, e.toString());
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("PATH", Tools.path());
            builder.environment().put("LC_ALL", "C.UTF-8");
            process = builder.start();
            try {
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
                String tail = text.substring(Math.max(0, text.length() - OUTPUT));
                return ended
                        ? new Said(process.exitValue(), tail)
                        : new Said(-1, (tail + "\nno end after " + limit.toSeconds() + " s").strip());
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Said(-1, String.valueOf(e.getMessage()));
        } finally {
            output.toFile().delete();
        }
    }

    @Override
    public FileSystem fileSystem(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new FileSystem(store.type(), store.getUsableSpace());
    }

    @Override
    public void fetch(URI address, Duration limit) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(limit).build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            if (body.readNBytes(1).length == 0) {
                throw new IOException("the server sent nothing");
            }
        }
    }
}
