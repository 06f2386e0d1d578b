package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;

/**
 * Reads journals that mean harm, and long ones, in a process with little memory of its own; prints a line for each, and at
 * last the most that its heap held. With the argument {@code full}, XML and JSON are as large as the lines, and a whole journal
 * of each format is read, too: of a gigabyte, or of as many cases as are taken.
 */
final class HostileJournals {
    private static final long GIGABYTE = 1L << 30;
    private static final int SOME = 8 << 20;
    private static final long TEN_MILLION = 10_000_000;

    private HostileJournals() {}

    public static void main(String[] arguments) throws IOException {
        for (String format : ResultFormats.names()) {
            byte[] beginning = Samples.own(format);
            read(format, "one long line", endless(Arrays.copyOf(beginning, 2 * beginning.length / 3), "x", SOME));
            read(format, "zeros", endless(beginning, "\0", SOME));
            read(format, "escapes", endless(beginning, "\033[2J\033]0;x\007", SOME / 4));
            read(format, "noise", endless(new byte[0], noise(), SOME / 4));
            String own = new String(beginning, StandardCharsets.UTF_8);
            read(format, "its own journal again and again", endless(new byte[0], own, SOME / 4));
        }
        lines();
        boolean full = List.of(arguments).contains("full");
        xml(full ? GIGABYTE : GIGABYTE / 10, full ? TEN_MILLION : TEN_MILLION / 10);
        json(full ? GIGABYTE : GIGABYTE / 10, full ? TEN_MILLION : TEN_MILLION / 10);
        whole("tap", TEN_MILLION);
        if (full) {
            for (String format : ResultFormats.names()) {
                long each = MadeJournals.of(format, 1000).readAllBytes().length / 1000;
                whole(format, Math.min(GIGABYTE / each, CaseNames.MOST_CASES));
            }
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println("the heap held " + (peak >> 20) + " MB at most");
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("Rss"))
                .forEach(System.out::println);
    }

    private static void lines() throws IOException {
        read("toybox", "a line of a gigabyte", endless(new byte[0], "PASS: ", GIGABYTE));
        read("toybox", "17 million cases", endless(new byte[0], "PASS: a\n", 8 * 17_000_000));
        read("posix", "never executed", numbered("", "test%d: build: FAILED: " + "x".repeat(300) + "\n"));
        read("tet", "open activities", numbered("0|3.3|\n", "10|%d a 1|\n"));
        read("ktap", "a plan of millions", endless("KTAP version 1\n1..999999999\n", "    1..999999999\n  ", SOME));
    }

    private static void xml(long longest, long cases) throws IOException {
        String suite = "<testsuite><testcase name=\"a\"/>";
        Map<String, InputStream> xml = new LinkedHashMap<>();
        xml.put("a long attribute", endless(suite + "<testcase name=\"", "a", longest));
        xml.put("a long text", endless(suite + "<testcase name=\"b\"><failure>", "a\n", SOME));
        xml.put("a long CDATA", endless(suite + "<testcase name=\"b\"><failure><![CDATA[", "a]]", SOME));
        xml.put("a long comment", endless(suite + "<!--", "-\n", SOME));
        xml.put("a long document type", endless("<!DOCTYPE x [", "<!ENTITY a 'b'>", SOME));
        xml.put("a long name", endless(suite + "<", "a", SOME));
        xml.put("deep", endless(suite, "<a>", SOME));
        xml.put("many names", numbered(suite, "<a%d/>"));
        xml.put("many attributes", numbered(suite + "<a ", " a%d='1'"));
        xml.put("many names of attributes", numbered(suite, "<a a%d='1'/>"));
        xml.put("many cases", endless("<testsuite>", "<testcase name=\"b\"/>", 20 * cases));
        String tens = "<!ENTITY l0 \"lol\">";
        for (int i = 1; i < 10; i++) {
            tens += "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">";
        }
        xml.put(
                "a billion laughs",
                endless("<!DOCTYPE x [" + tens + "]>" + suite + "<testcase name=\"&l9;\">", "&l9;", 1 << 20));
        for (Map.Entry<String, InputStream> each : xml.entrySet()) {
            read("junit", each.getKey(), each.getValue());
        }
    }

    private static void json(long longest, long cases) throws IOException {
        String test = "{\"results\": [{\"test_fqn\": \"a\", \"status\": \"pass\"}, ";
        String second = "{\"test_fqn\": \"b\", \"status\": \"pass\"}, ";
        read("kirk", "a long string", endless(test + "{\"test_fqn\": \"b\", \"test\": {\"log\": \"", "x", longest));
        read("kirk", "a long number", endless(test, "1", SOME));
        read("kirk", "deep", endless(test, "[", SOME));
        read("kirk", "many keys", numbered(test + "{", "\"a%d\": 1, "));
        read("kirk", "many cases", endless(test, second, second.length() * cases));
    }

    /** One of so many cases, all of which are to be read. */
    private static void whole(String format, long cases) throws IOException {
        Tally tally = read(format, MadeJournals.of(format, cases));
        System.out.println(format + ", whole: " + tally.results + " cases; " + tally.why);
        if (tally.results != cases || !tally.why.isEmpty() || tally.unreadable > 0) {
            throw new IllegalStateException("not read as made: " + format + ", " + cases + " cases");
        }
    }

    private static void read(String format, String what, InputStream journal) throws IOException {
        Tally tally = read(format, journal);
        System.out.println(format + ", " + what + ": " + tally.results + " cases, " + tally.unreadable + " unreadable; "
                + tally.why);
        if (tally.why.isEmpty() && tally.unreadable == 0 && !what.contains("again")) {
            throw new IllegalStateException("taken for whole: " + format + ", " + what);
        }
    }

    private static Tally read(String format, InputStream journal) throws IOException {
        Tally tally = new Tally();
        ResultFormats.named(format).orElseThrow().read(journal, tally);
        return tally;
    }

    /** Counts only. */
    private static final class Tally implements ResultSink {
        private long results;
        private long unreadable;
        private String why = "";

        @Override
        public void result(CaseResult result) {
            results++;
        }

        @Override
        public void unreadable(long line, String seen, String expected) {
            unreadable++;
        }

        @Override
        public void truncated(String reason) {
            why = reason;
        }
    }

    private static InputStream endless(String beginning, String again, long length) {
        return endless(beginning.getBytes(StandardCharsets.UTF_8), again, length);
    }

    private static InputStream endless(byte[] beginning, String again, long length) {
        return new SequenceInputStream(
                new ByteArrayInputStream(beginning), new Repeated(again.getBytes(StandardCharsets.ISO_8859_1), length));
    }

    private static String noise() {
        byte[] noise = new byte[1 << 16];
        new Random(4).nextBytes(noise);
        return new String(noise, StandardCharsets.ISO_8859_1);
    }

    /** The text with 300,000 different numbers in it, one behind the other. */
    private static InputStream numbered(String beginning, String text) {
        return new SequenceInputStream(
                new ByteArrayInputStream(beginning.getBytes(StandardCharsets.UTF_8)),
                new Pieces(IntStream.range(0, 300_000)
                        .mapToObj(number -> text.replace("%d", String.valueOf(number)))
                        .iterator()));
    }
}
