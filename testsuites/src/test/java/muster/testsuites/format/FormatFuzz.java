package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;

/** What Jazzer calls with bytes of its own making: a journal of the format that {@value #FORMAT} names, or a packed one. */
public final class FormatFuzz {
    static final String FORMAT = "muster.fuzz.format";

    /** Stands for unpacking. */
    static final String PACKED = "packed";

    private static final long MOST_UNPACKED = 1 << 24;

    private FormatFuzz() {}

    /** Reads the bytes as a journal; throws where one of the things that hold for every journal does not. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String format = System.getProperty(FORMAT, "");
        if (format.equals(PACKED)) {
            unpack(input);
            return;
        }
        Checks checks = new Checks();
        ResultFormats.named(format).orElseThrow().read(new ByteArrayInputStream(input), checks);
        check(checks.truncated <= 1, "truncated is told once at most");
        check(checks.truncated == 1 || !checks.names.isEmpty(), "what holds no case is truncated");
        ResultFormats.like(new String(input, StandardCharsets.UTF_8));
    }

    /** Damaged or too long, a packed journal may be; anything but an IOException is a mistake. */
    @SuppressWarnings("EmptyCatch")
    private static void unpack(byte[] input) {
        try (InputStream unpacked = Unpacked.of(new ByteArrayInputStream(input), MOST_UNPACKED)) {
            unpacked.transferTo(OutputStream.nullOutputStream());
        } catch (IOException damaged) {
            // as it should be
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("does not hold: " + what);
        }
    }

    private static final class Checks implements ResultSink {
        private final Set<String> names = new HashSet<>();
        private int truncated;

        @Override
        public void result(CaseResult result) {
            check(names.add(result.name()), "names are unique: " + result.name());
            check(result.name().chars().noneMatch(c -> c < ' ' && c != '\t'), "names are harmless");
            check(result.message().chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n'), "messages are harmless");
            check(result.message().length() < 10_000, "messages are short");
            check(result.nativeWord().length() < 100, "words are short");
        }

        @Override
        public void unreadable(long line, String seen, String expected) {
            check(seen.length() < 200, "what was seen is short");
            check(seen.chars().noneMatch(c -> c < ' ' && c != '\t'), "what was seen is harmless");
        }

        @Override
        public void truncated(String why) {
            truncated++;
        }
    }
}
