package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.List;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.store.TarReader.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads an archive of {@link ArchiveFormat} from its beginning to its end; nothing in it is trusted. */
final class ArchiveReader {

    private static final int LARGEST_MANIFEST = 1 << 16;
    private static final int LARGEST_TEXT = 1 << 26;
    private static final int LARGEST_CASES = 1 << 24;

    private final TarReader tar;
    private final ArchiveSink sink;
    private final ArchiveCheck check = new ArchiveCheck();
    private @Nullable Entry entry;

    private ArchiveReader(TarReader tar, ArchiveSink sink) {
        this.tar = tar;
        this.sink = sink;
    }

    /** @throws ArchiveRefused when it is not such an archive, or not all of it */
    static void read(Path file, ArchiveSink sink) throws IOException {
        read(file, sink, UnpackedArchive.ALWAYS);
    }

    /** @param always what any archive may unpack to */
    static void read(Path file, ArchiveSink sink, long always) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ArchiveRefused("cannot import " + file + ": there is no such file");
        }
        try (InputStream in = UnpackedArchive.open(file, always)) {
            new ArchiveReader(new TarReader(in), sink).read();
        } catch (ArchiveRefused refused) {
            throw new ArchiveRefused("cannot import " + file + ": " + refused.getMessage(), refused);
        } catch (JacksonException | IllegalArgumentException | DateTimeException wrong) {
            throw new ArchiveRefused(
                    "cannot import " + file + ": it holds what no archive of a run holds: "
                            + (wrong instanceof JacksonException json ? json.getOriginalMessage() : wrong.getMessage()),
                    wrong);
        }
    }

    private void read() throws IOException {
        entry = tar.next();
        ArchiveFormat.Manifest manifest = ArchiveJson.manifest(content(ArchiveFormat.MANIFEST, LARGEST_MANIFEST));
        if (manifest.format() < 1 || manifest.format() > ArchiveFormat.VERSION) {
            throw new ArchiveRefused("its format is " + manifest.format() + ", and this program knows format "
                    + ArchiveFormat.VERSION + "; use the Muster that wrote it: " + manifest.program());
        }
        ArchiveFormat.Run run = ArchiveJson.read(content(ArchiveFormat.RUN, LARGEST_TEXT), ArchiveFormat.Run.class);
        check.run(run);
        sink.run(run);
        int attempts = 0;
        while (named().equals(ArchiveFormat.attempt(attempts + 1))) {
            attempt(++attempts);
        }
        check.attemptsEnd();
        while (named().startsWith(ArchiveFormat.file(""))) {
            file(named().substring(ArchiveFormat.file("").length()));
        }
        check.filesEnd();
        sums();
    }

    private void attempt(int number) throws IOException {
        ArchiveFormat.Attempt attempt =
                ArchiveJson.read(content(ArchiveFormat.attempt(number), LARGEST_TEXT), ArchiveFormat.Attempt.class);
        check.attempt(attempt);
        sink.attempt(attempt);
        int taken = 0;
        for (int part = 1; taken < attempt.cases(); part++) {
            List<ArchiveFormat.Result> results =
                    ArchiveJson.results(content(ArchiveFormat.cases(number, part), LARGEST_CASES));
            results.forEach(check::result);
            sink.results(results);
            taken += results.size();
            if (results.isEmpty()) {
                throw new ArchiveRefused(ArchiveFormat.cases(number, part) + " is empty");
            }
        }
        check.attemptEnds();
    }

    private void file(String digest) throws IOException {
        Entry file = current();
        check.file(digest, file.size());
        MessageDigest sha256 = Texts.sha256();
        InputStream content = new DigestInputStream(file, sha256);
        sink.file(digest, content);
        content.transferTo(OutputStream.nullOutputStream());
        if (!HexFormat.of().formatHex(sha256.digest()).equals(digest)) {
            throw new ArchiveRefused("the content of " + file.name() + " is not what its digest says");
        }
        entry = tar.next();
    }

    private void sums() throws IOException {
        String expected = tar.sums();
        byte[] sums = content(ArchiveFormat.SUMS, LARGEST_TEXT);
        if (!new String(sums, StandardCharsets.UTF_8).equals(expected)) {
            throw new ArchiveRefused("its content is not what its " + ArchiveFormat.SUMS + " says");
        }
        if (entry != null) {
            throw new ArchiveRefused("something stands behind its end");
        }
        tar.end();
    }

    /** The content of the current entry, which must be this one; the next is current then. */
    private byte[] content(String name, int most) throws IOException {
        if (!named().equals(name)) {
            throw new ArchiveRefused("'" + named() + "' stands where " + name + " was expected");
        }
        byte[] bytes = current().bytes(most);
        entry = tar.next();
        return bytes;
    }

    private String named() throws IOException {
        return current().name();
    }

    private Entry current() throws IOException {
        Entry here = entry;
        if (here == null) {
            throw new ArchiveRefused("it is cut short");
        }
        return here;
    }
}
