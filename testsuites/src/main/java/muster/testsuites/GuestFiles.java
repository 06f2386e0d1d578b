package muster.testsuites;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import muster.testsuites.GuestShell.Answer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

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
        Answer answer = patience.through(() -> {
            try (InputStream in = content.open()) {
                return shell.feed(command, in, LIMIT);
            }
        });
        if (!answer.ok()) {
            throw new SuiteRefused("cannot write " + path + " in the guest: " + Words.said(answer));
        }
    }

    /** Puts a folder into the guest, in place of what stood there; its files may be executed by everyone. */
    void putFolder(Path folder, String path) throws IOException, InterruptedException, SuiteRefused {
        Path archive = Files.createTempFile("muster-suite", ".tar");
        try {
            pack(folder, archive);
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

    private static void pack(Path folder, Path archive) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path file : files) {
                TarArchiveEntry entry =
                        new TarArchiveEntry(folder.relativize(file).toString());
                entry.setSize(Files.size(file));
                entry.setMode(0755);
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
