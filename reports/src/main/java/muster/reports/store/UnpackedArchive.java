package muster.reports.store;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import muster.reports.Archives.ArchiveRefused;

/** The content of a compressed archive. One that unpacks to more than results do is refused before it fills anything. */
final class UnpackedArchive extends FilterInputStream {

    /** What any archive may unpack to, in bytes; and so many times its own size more. */
    static final long ALWAYS = 16L << 30;

    private static final long TIMES = 2_000;

    private long left;

    private UnpackedArchive(ZstdInputStream in, long most) {
        super(in);
        left = most;
    }

    static UnpackedArchive open(Path file, long always) throws IOException {
        return new UnpackedArchive(
                new ZstdInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16)),
                always + TIMES * Files.size(file));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(to, offset, length);
        } catch (IOException damaged) {
            throw new ArchiveRefused("it is cut short or damaged: " + damaged.getMessage(), damaged);
        }
        left -= Math.max(0, read);
        if (left < 0) {
            throw new ArchiveRefused("it unpacks to far more than its size can be the archive of");
        }
        return read;
    }
}
