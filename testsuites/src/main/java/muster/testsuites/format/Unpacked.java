package muster.testsuites.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * Journals as files: packed by gzip, xz, bzip2 or Zstandard, told by their first bytes, or plain. Packed files are not
 * trusted: the memory that unpacking takes and the length of what comes out are bounded.
 */
public final class Unpacked {
    /** No more than this many bytes are taken out of one packed file: 8 GiB. */
    public static final long MOST_BYTES = 8L << 30;

    /** What is unpacked in one step is lost where the file ends in it. */
    private static final int MOST_AT_ONCE = 1 << 10;

    private static final int MOST_KIB_FOR_XZ = 96 << 10;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] ZSTANDARD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private Unpacked() {}

    /**
     * What is in {@code file}, which may be packed. Closing it closes {@code file}. Where more than {@link #MOST_BYTES} come
     * out, reading ends with an {@link IOException}, and so it does where the packed file is cut or damaged.
     */
    public static InputStream of(InputStream file) throws IOException {
        return of(file, MOST_BYTES);
    }

    static InputStream of(InputStream file, long mostBytes) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(XZ.length);
        byte[] beginning = in.readNBytes(XZ.length);
        in.reset();
        if (begins(beginning, GZIP)) {
            return new Bounded(
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get(),
                    mostBytes);
        } else if (begins(beginning, XZ)) {
            return new Bounded(
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(MOST_KIB_FOR_XZ)
                            .get(),
                    mostBytes);
        } else if (begins(beginning, BZIP2)) {
            return new Bounded(new BZip2CompressorInputStream(in, true), mostBytes);
        } else if (begins(beginning, ZSTANDARD)) {
            return new Bounded(new ZstdCompressorInputStream(in), mostBytes);
        }
        return in;
    }

    private static boolean begins(byte[] beginning, byte[] with) {
        return beginning.length >= with.length && Arrays.equals(beginning, 0, with.length, with, 0, with.length);
    }

    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long count;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int given = super.read(to, offset, Math.min(length, MOST_AT_ONCE));
            count += Math.max(0, given);
            if (count > most) {
                throw new IOException("more than " + most + " bytes come out of it");
            }
            return given;
        }
    }
}
