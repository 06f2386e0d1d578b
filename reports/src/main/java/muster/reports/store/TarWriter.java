package muster.reports.store;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a tar archive of plain files, the same bytes for the same content, and at its end the digests of them all. */
final class TarWriter {

    private static final int MODE = 0644;

    /** The library passes on 512 bytes at a time. */
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final TarArchiveOutputStream tar;
    private final FileTime modifiedAt;
    private final StringBuilder sums = new StringBuilder();

    /** @param modifiedAt of each file, in seconds of the epoch */
    TarWriter(OutputStream out, long modifiedAt) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.tar = new TarArchiveOutputStream(this.out, StandardCharsets.US_ASCII.name());
        this.modifiedAt = FileTime.from(modifiedAt, TimeUnit.SECONDS);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_ERROR);
    }

    void file(String name, byte[] content) throws IOException {
        file(name, content.length, new ByteArrayInputStream(content));
    }

    /** @throws IOException also when the content has another size */
    void file(String name, long size, InputStream content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(size);
        entry.setLastModifiedTime(modifiedAt);
        entry.setMode(MODE);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        MessageDigest sha256 = Texts.sha256();
        new DigestInputStream(content, sha256).transferTo(tar);
        tar.closeArchiveEntry();
        sums.append(HexFormat.of().formatHex(sha256.digest()))
                .append("  ")
                .append(name)
                .append('\n');
    }

    void end(String sumsName) throws IOException {
        file(sumsName, sums.toString().getBytes(StandardCharsets.UTF_8));
        tar.finish();
        out.flush();
    }
}
