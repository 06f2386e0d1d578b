package muster.orchestrator.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.testsuites.Suite;

/** Fetches what suites are made from, once, and believes nothing but its checksum. */
public final class SourceCache {

    /** The most that one source may weigh, in bytes. */
    private static final long CEILING = 1L << 30;

    private final Path folder;
    private final Mirrors mirrors;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(30))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    public SourceCache(Path folder, Mirrors mirrors) {
        this.folder = folder;
        this.mirrors = mirrors;
    }

    /** The sources by file name; those already here are not fetched again. */
    public Map<String, Path> fetch(List<Suite.Source> sources) throws FarmFailed, InterruptedException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Suite.Source source : sources) {
            files.put(source.fileName(), fetch(source));
        }
        return files;
    }

    private Path fetch(Suite.Source source) throws FarmFailed, InterruptedException {
        Path file = folder.resolve(source.sha256());
        if (Files.exists(file)) {
            return file;
        }
        String address = mirrors.uri(source.uri());
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, ".fetch", ".part");
            try {
                String digest = download(address, fresh);
                if (!digest.equals(source.sha256())) {
                    throw new FarmFailed("cannot use " + address + ": its SHA-256 is " + digest + ", expected "
                            + source.sha256() + "; nothing of it was kept");
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException failed) {
            throw new FarmFailed(
                    "cannot fetch " + address + ": " + failed.getMessage()
                            + "; name a mirror that is reached from here under 'mirrors' in farm.yaml",
                    failed);
        }
        return file;
    }

    private String download(String address, Path to) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofMinutes(2))
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(to), sha256())) {
            if (answer.statusCode() != 200) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            byte[] buffer = new byte[1 << 16];
            long sum = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                sum += n;
                if (sum > CEILING) {
                    throw new IOException("it is larger than " + CEILING + " bytes");
                }
                out.write(buffer, 0, n);
            }
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
