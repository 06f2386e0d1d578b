package muster.images.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.images.Digests;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The files that Muster adds to a distribution, kept as resources beside this class. */
final class GuestFiles {

    /** One added file: its resource, where it goes, its permissions. */
    record Added(String resource, String target, int mode) {}

    private GuestFiles() {}

    /** The text of a resource beside this class. */
    static String text(String resource) {
        try (InputStream in = GuestFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a tar of added files, owned by root, plus those that are different for each image.
     *
     * @param files the added files
     * @param hostname the guest's name until its seed gives it another
     * @param sources what apt in the guest shall have as its {@code sources.list}
     */
    static void writeTar(Path tar, List<Added> files, String hostname, String sources) throws IOException {
        try (var out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            for (Added added : files) {
                add(out, added.target(), added.mode(), text(added.resource()));
            }
            add(out, "etc/hostname", 0644, hostname + "\n");
            add(
                    out,
                    "etc/hosts",
                    0644,
                    "127.0.0.1\tlocalhost\n127.0.1.1\t" + hostname + "\n::1\tlocalhost ip6-localhost ip6-loopback\n");
            add(out, "etc/apt/sources.list", 0644, sources);
        }
    }

    /**
     * Digest of everything here that shapes an image.
     *
     * @param scripts resources that are run while it is made
     */
    static String digest(List<Added> files, List<String> scripts) {
        var texts = new ArrayList<String>();
        for (Added added : files) {
            texts.addAll(List.of(added.target(), Integer.toOctalString(added.mode()), text(added.resource())));
        }
        for (String resource : scripts) {
            texts.add(text(resource));
        }
        return Digests.ofTexts(texts);
    }

    private static void add(TarArchiveOutputStream out, String target, int mode, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(target);
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }
}
