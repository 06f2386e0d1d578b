package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a tar archive of plain files (POSIX 1003.1 ustar), and at its end the digests of them all. */
final class TarWriter {

    static final int BLOCK = 512;

    /** A size beyond this does not fit in eleven octal digits, and is written in binary, as GNU tar does. */
    private static final long LARGEST_OCTAL = 077777777777L;

    private final OutputStream out;
    private final long modifiedAt;
    private final StringBuilder sums = new StringBuilder();

    /** @param modifiedAt of each file, in seconds of the epoch */
    TarWriter(OutputStream out, long modifiedAt) {
        this.out = out;
        this.modifiedAt = modifiedAt;
    }

    void file(String name, byte[] content) throws IOException {
        file(name, content.length, new java.io.ByteArrayInputStream(content));
    }

    /** @throws IOException also when the content has another size */
    void file(String name, long size, InputStream content) throws IOException {
        MessageDigest sha256 = Texts.sha256();
        out.write(header(name, size));
        long written = content.transferTo(new DigestOutputStream(new Unclosed(out), sha256));
        if (written != size) {
            throw new IOException("cannot write " + name + " of " + size + " bytes: it has " + written);
        }
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
        sums.append(HexFormat.of().formatHex(sha256.digest()))
                .append("  ")
                .append(name)
                .append('\n');
    }

    void end(String sumsName) throws IOException {
        file(sumsName, sums.toString().getBytes(StandardCharsets.UTF_8));
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private byte[] header(String name, long size) {
        byte[] header = new byte[BLOCK];
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        octal(header, 100, 8, 0644);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        if (size <= LARGEST_OCTAL) {
            octal(header, 124, 12, size);
        } else {
            header[124] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                header[135 - i] = (byte) (size >> (8 * i));
            }
        }
        octal(header, 136, 12, Math.clamp(modifiedAt, 0, LARGEST_OCTAL));
        header[156] = '0';
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        System.arraycopy("        ".getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        octal(header, 148, 7, checksum(header));
        return header;
    }

    static long checksum(byte[] header) {
        long sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        return sum;
    }

    private static void octal(byte[] header, int at, int length, long value) {
        String digits = String.format(java.util.Locale.ROOT, "%0" + (length - 1) + "o", value);
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, header, at, length - 1);
        header[at + length - 1] = 0;
    }

    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
