package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;

/** What Jazzer calls with bytes of its own making: the first says which format, the others are a journal. */
public final class FormatFuzz {
    private static final List<ResultFormat> FORMATS = ResultFormats.names().stream()
            .map(name -> ResultFormats.named(name).orElseThrow())
            .toList();

    private FormatFuzz() {}

    /** An input that makes this format read this journal. */
    static byte[] input(String format, byte[] journal) {
        byte[] input = new byte[journal.length + 1];
        input[0] = (byte) List.copyOf(ResultFormats.names()).indexOf(format);
        System.arraycopy(journal, 0, input, 1, journal.length);
        return input;
    }

    /** Reads the bytes as a journal; throws where one of the things that hold for every journal does not. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Checks checks = new Checks();
        ResultFormat format = FORMATS.get((input[0] & 0xff) % FORMATS.size());
        format.read(new ByteArrayInputStream(input, 1, input.length - 1), checks);
        check(checks.truncated <= 1, "truncated is told once at most");
        check(checks.truncated == 1 || !checks.names.isEmpty(), "what holds no case is truncated");
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
