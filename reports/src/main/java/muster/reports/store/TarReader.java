package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import muster.reports.Archives.ArchiveRefused;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive (POSIX 1003.1 ustar) of plain files as {@link TarWriter} writes it, and trusts nothing in it: links,
 * folders, devices, long names and extensions are refused. The library that writes it would take a long name of any size
 * into memory.
 */
final class TarReader {

    private static final int BLOCK = 512;

    private final InputStream in;
    private final StringBuilder sums = new StringBuilder();
    private @Nullable Entry current;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** A file, its content to be read before the next one is asked for. */
    final class Entry extends InputStream {
        private final String name;
        private final long size;
        private final MessageDigest sha256 = Texts.sha256();
        private final InputStream content = new DigestInputStream(in, sha256);
        private long left;

        private Entry(String name, long size) {
            this.name = name;
            this.size = size;
            left = size;
        }

        String name() {
            return name;
        }

        long size() {
            return size;
        }

        /** All of it, when it has at most so many bytes. */
        byte[] bytes(int most) throws IOException {
            if (size > most) {
                throw new ArchiveRefused(name + " has " + size + " bytes, more than the " + most + " that it may have");
            }
            return readAllBytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = content.read(to, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw cut();
            }
            left -= read;
            return read;
        }

        private void end() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            padding((int) (-size & (BLOCK - 1)));
            sums.append(HexFormat.of().formatHex(sha256.digest()))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
    }

    /** The next file, or null behind the last one. */
    @Nullable
    Entry next() throws IOException {
        Entry before = current;
        if (before != null) {
            before.end();
        }
        byte[] header = block();
        current = isEmpty(header) ? null : entry(header);
        return current;
    }

    /** The digests of all files before the current one, a line each. */
    String sums() {
        return sums.toString();
    }

    /** Behind the last file: nothing more may come. */
    void end() throws IOException {
        if (!isEmpty(block()) || in.read() >= 0) {
            throw new ArchiveRefused("something stands behind its end");
        }
    }

    private Entry entry(byte[] header) throws IOException {
        byte[] unsummed = header.clone();
        Arrays.fill(unsummed, 148, 156, (byte) ' ');
        if (checksum(unsummed) != number(header, 148, 8)) {
            throw new ArchiveRefused("it is no tar archive, or damaged");
        }
        int end = 0;
        while (end < 100 && header[end] != 0) {
            end++;
        }
        String name = new String(header, 0, end, StandardCharsets.ISO_8859_1);
        if (header[156] != '0' && header[156] != 0) {
            throw new ArchiveRefused("'" + name + "' is not a plain file");
        }
        return new Entry(name, number(header, 124, 12));
    }

    private static long checksum(byte[] header) {
        long sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        return sum;
    }

    private static long number(byte[] header, int at, int length) throws IOException {
        long value = 0;
        if ((header[at] & 0x80) != 0) {
            for (int i = at + length - 8; i < at + length; i++) {
                value = (value << 8) | (header[i] & 0xff);
            }
        } else {
            String digits = new String(header, at, length, StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            if (!digits.matches("[0-7]{1,12}")) {
                throw new ArchiveRefused("it is no tar archive, or damaged");
            }
            value = Long.parseLong(digits, 8);
        }
        if (value < 0) {
            throw new ArchiveRefused("it is no tar archive, or damaged");
        }
        return value;
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw cut();
        }
        return block;
    }

    private void padding(int bytes) throws IOException {
        if (in.readNBytes(bytes).length < bytes) {
            throw cut();
        }
    }

    private static boolean isEmpty(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static ArchiveRefused cut() {
        return new ArchiveRefused("it is cut short");
    }
}
