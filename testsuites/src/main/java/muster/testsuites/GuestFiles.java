package muster.testsuites;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import muster.testsuites.GuestShell.Answer;

/** Puts files into a guest, whole or not at all: what a cut connection left half-written is never taken for the file. */
final class GuestFiles {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final GuestShell shell;
    private final Patience patience;

    GuestFiles(GuestShell shell, Patience patience) {
        this.shell = shell;
        this.patience = patience;
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    void put(byte[] content, String path) throws IOException, InterruptedException, SuiteRefused {
        put(() -> new ByteArrayInputStream(content), content.length, path);
    }

    void put(Path file, String path) throws IOException, InterruptedException, SuiteRefused {
        put(() -> Files.newInputStream(file), Files.size(file), path);
    }

    private void put(Content content, long size, String path) throws IOException, InterruptedException, SuiteRefused {
        String quoted = Words.quoted(path);
        String command = "f=" + quoted + ".$$; mkdir -p \"${f%/*}\" && cat >\"$f\" && [ $(wc -c <\"$f\") -eq " + size
                + " ] && mv \"$f\" " + quoted + " || { rm -f \"$f\"; exit 1; }";
        Answer answer = feed(content, command);
        if (!answer.ok()) {
            throw new SuiteRefused("cannot write " + path + " in the guest: " + Words.said(answer));
        }
    }

    /** Runs a command that may be repeated, with a file as its standard input. */
    Answer feed(Path file, String command) throws IOException, InterruptedException {
        return feed(() -> Files.newInputStream(file), command);
    }

    private Answer feed(Content content, String command) throws IOException, InterruptedException {
        return patience.through(() -> {
            try (InputStream in = content.open()) {
                return shell.feed(command, in, LIMIT);
            }
        });
    }

    /** Puts a folder into the guest, in place of what stood there; its files may be executed by everyone. */
    void putFolder(Path folder, String path) throws IOException, InterruptedException, SuiteRefused {
        Path archive = Files.createTempFile("muster-suite", ".tar");
        try {
            try (Parcel packing = new Parcel(archive)) {
                packing.put(folder, "");
            }
            put(archive, path + ".tar");
        } finally {
            Files.delete(archive);
        }
        String quoted = Words.quoted(path);
        run(
                "f=" + quoted + "; rm -rf \"$f.new\" && mkdir -p \"$f.new\" && tar -xf \"$f.tar\" -C \"$f.new\""
                        + " && rm -rf \"$f\" && mv \"$f.new\" \"$f\" && rm -f \"$f.tar\" || [ ! -e \"$f.tar\" ]",
                "unpack " + path);
    }

    /** Runs a command that may be repeated. */
    Answer run(String command, String what) throws IOException, InterruptedException, SuiteRefused {
        Answer answer = patience.through(() -> shell.run(command, LIMIT));
        if (!answer.ok()) {
            throw new SuiteRefused("cannot " + what + " in the guest: " + Words.said(answer));
        }
        return answer;
    }
}
