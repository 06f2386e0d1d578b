package muster.reports.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import muster.reports.Ending.KeptFile;
import muster.reports.History;

/**
 * A kept file beside the page of its cell, unchanged up to a ceiling, past which its middle is left out and the cut is
 * said.
 *
 * @param file what was kept
 * @param address where it lies, from the site's root
 * @param tail its last lines, for the page; empty for an artefact
 * @param left how many bytes of its middle were left out of the site, or 0
 */
public record KeptText(KeptFile file, String address, String tail, long left) {

    static final int TAIL_LINES = 30;
    private static final int TAIL_BYTES = 8_192;

    /** The ceiling, half of it for the beginning and half for the end. */
    static final long CEILING = 8L << 20;

    /** Copies a file; {@code number} tells files of the same role apart, from 1. */
    static KeptText copy(History history, KeptFile file, int number, String folder, Folder site) throws IOException {
        String address = address(file, number, folder);
        if (file.removedAt() != null) {
            site.put(address, sentence(file));
            return new KeptText(file, address, "", 0);
        }
        boolean artefact = file.role().equals("artefact");
        Tail tail = new Tail();
        long left = Math.max(0, file.bytes() - CEILING);
        site.stream(address, out -> {
            try (InputStream in = history.open(file)) {
                if (left > 0) {
                    copy(in, CEILING / 2, out, tail);
                    in.skipNBytes(left);
                    String cut = String.format(Locale.ROOT, "%n[ %,d bytes are left out here ]%n", left);
                    out.write(cut.getBytes(StandardCharsets.UTF_8));
                }
                copy(in, CEILING, out, tail);
            }
        });
        return new KeptText(file, address, artefact ? "" : tail.text(), left);
    }

    /** One that is served as it was kept. */
    static KeptText served(KeptFile file, String address, String tail) {
        return new KeptText(file, address, tail, 0);
    }

    /** The last lines of what comes. */
    static String tail(InputStream in) throws IOException {
        Tail tail = new Tail();
        copy(in, Long.MAX_VALUE, OutputStream.nullOutputStream(), tail);
        return tail.text();
    }

    static String address(KeptFile file, int number, String folder) {
        String name = file.role().replaceAll("[^a-z]", "") + (number == 1 ? "" : "-" + number);
        return folder + "/" + name + (file.role().equals("artefact") ? ".bin" : ".txt");
    }

    /** What stands at the address of a file that retention has removed. */
    static String sentence(KeptFile gone) {
        String removal = gone.removal();
        return Character.toUpperCase(removal.charAt(0)) + removal.substring(1) + ".\n";
    }

    private static void copy(InputStream in, long limit, OutputStream out, Tail tail) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long rest = limit;
        while (rest > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
            if (count < 0) {
                return;
            }
            out.write(buffer, 0, count);
            tail.add(Arrays.copyOfRange(buffer, Math.max(0, count - TAIL_BYTES), count));
            rest -= count;
        }
    }

    /** Keeps the last bytes of what flows by. */
    private static final class Tail {

        private byte[] last = {};

        void add(byte[] more) {
            byte[] all = Arrays.copyOf(last, last.length + more.length);
            System.arraycopy(more, 0, all, last.length, more.length);
            last = Arrays.copyOfRange(all, Math.max(0, all.length - TAIL_BYTES), all.length);
        }

        String text() {
            List<String> lines =
                    new String(last, StandardCharsets.UTF_8).lines().toList();
            Deque<String> kept = new ArrayDeque<>(lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
            if (last.length == TAIL_BYTES && lines.size() > 1 && kept.size() == lines.size()) {
                kept.removeFirst();
            }
            return String.join("\n", kept);
        }
    }
}
