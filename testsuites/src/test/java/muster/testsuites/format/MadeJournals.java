package muster.testsuites.format;

import java.io.InputStream;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Whole journals of any length and of every format, made by counting. One case in fifty fails, where a format of a line a
 * case can say so; all have names of their own.
 */
final class MadeJournals {
    private static final int AT_ONCE = 256;
    private static final int EACH_FAILS = 50;

    private MadeJournals() {}

    /** What a journal is put together from; each of {@code of} is given the number of the case, from 1. */
    private record Parts(String head, LongFunction<String> of, String tail) {}

    /** A journal of so many cases. */
    static InputStream of(String format, long cases) {
        Parts parts = parts(format, cases);
        return new Pieces(LongStream.rangeClosed(0, cases / AT_ONCE)
                .mapToObj(piece -> text(parts, piece * AT_ONCE, cases))
                .iterator());
    }

    private static String text(Parts parts, long first, long cases) {
        StringBuilder text = new StringBuilder(first == 0 ? parts.head : "");
        for (long i = first + 1; i <= Math.min(first + AT_ONCE, cases); i++) {
            text.append(parts.of.apply(i));
        }
        return text.append(first + AT_ONCE > cases ? parts.tail : "").toString();
    }

    static long failures(String format, long cases) {
        return List.of("toybox", "tap", "junit", "exit-status", "dejagnu").contains(format) ? cases / EACH_FAILS : 0;
    }

    private static boolean fails(long number) {
        return number % EACH_FAILS == 0;
    }

    private static Parts parts(String format, long cases) {
        String end = "END: " + cases + "\n";
        return switch (format) {
            case "toybox" -> new Parts("", MadeJournals::toybox, end);
            case "posix" -> new Parts("", MadeJournals::posix, end);
            case "tet" ->
                new Parts(
                        "0|3.3 10:00:00 20260101|User: tester (1000) TCC Start\n",
                        MadeJournals::tet,
                        "900|10:00:09|TCC End\n");
            case "tap" -> new Parts("TAP version 13\n1.." + cases + "\n", MadeJournals::tap, "# done\n");
            case "prove" ->
                new Parts(
                        "",
                        i -> "t/op/made_of_numbers_" + i + ".t .. ok\n",
                        "All tests successful.\nFiles=" + cases + ", Tests=" + 9 * cases
                                + ",  1 wallclock secs\nResult: PASS\n");
            case "ktap" ->
                new Parts(
                        "KTAP version 1\n1.." + cases + "\n",
                        i -> "[    1.060000] ok " + i + " made_of_numbers_" + i + "\n",
                        "");
            case "junit" ->
                new Parts(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"made\" tests=\"" + cases
                                + "\">\n",
                        MadeJournals::junit,
                        "</testsuite>\n");
            case "ltp-pan" -> new Parts("", MadeJournals::pan, end);
            case "kirk" ->
                new Parts("{\"results\": [\n", i -> (i == 1 ? "" : ",\n") + kirk(i), "\n], \"stats\": {}}\n");
            case "autopkgtest" -> new Parts("", i -> "made-of-numbers-" + i + " PASS\n", end);
            case "dejagnu" ->
                new Parts(
                        """
                        Test run by tester on Thu Jan  1 10:00:00 2026

                        \t\t=== made tests ===

                        Running target unix
                        Running made.exp ...
                        """,
                        i -> (fails(i) ? "FAIL" : "PASS") + ": made.numbers/number-" + i
                                + ".c   -O2  (test for excess errors)\n",
                        "\n\t\t=== made Summary ===\n\n# of expected passes\t\t" + (cases - cases / EACH_FAILS)
                                + "\n# of unexpected failures\t" + cases / EACH_FAILS + "\n");
            case "xfstests" ->
                new Parts(
                        "FSTYP         -- ext4\n",
                        i -> "made" + i / 1000 + "/"
                                + String.valueOf(100_000 + i % 1000).substring(3) + " 3s ...  " + i % 10 + "s\n",
                        "Passed all " + cases + " tests\n");
            case "regrtest" ->
                new Parts(
                        "== CPython 3.14\n",
                        i -> "0:00:01 load avg: 0.50 [" + i + "/" + cases + "] test_made_of_numbers_" + i + " passed\n",
                        "\n== Tests result: SUCCESS ==\n\nAll " + cases + " tests OK.\n\nTests result: SUCCESS\n");
            case "exit-status" -> new Parts("PLAN " + cases + "\n", MadeJournals::command, "DONE " + cases + "\n");
            default -> throw new IllegalArgumentException("no journal is made for the format " + format);
        };
    }

    private static String toybox(long i) {
        return fails(i)
                ? "FAIL: made of numbers " + i + "\necho -ne '' | made -n " + i
                        + "\n--- expected\t2026\n+++ actual\t2026\n@@ -1 +1 @@\n-" + i + "\n+" + (i + 1) + "\n"
                : "PASS: made of numbers " + i + " and of words\n";
    }

    private static String posix(long i) {
        String test = "conformance/interfaces/made/" + i + "-1: ";
        return test + "build: PASS\n" + test + "link: PASS\n" + test + "execution: PASS\n";
    }

    private static String tet(long i) {
        String at = "|" + i + " ";
        return "10" + at + "/tset/made/number_" + i + " 10:00:00|TC Start, scenario ref 2-0\n15" + at
                + "3.3-lite 1|TCM Start\n400" + at + "1 1 10:00:00|IC Start\n200" + at + "1 10:00:00|TP Start\n520" + at
                + "000014345 1 1|checked number " + i + "\n220" + at + "1 0 10:00:00|PASS\n410" + at
                + "1 1 10:00:00|IC End\n80" + at + "0 10:00:00|TC End\n";
    }

    private static String tap(long i) {
        return (fails(i) ? "not ok " : "ok ") + i + " - made of numbers " + i + "\n"
                + (fails(i) ? "# expected " + i + "\n# seen " + (i + 1) + "\n" : "");
    }

    private static String junit(long i) {
        String test = "  <testcase classname=\"made.of.Numbers\" name=\"number" + i + "\" time=\"0.0" + i % 10 + "\"";
        return fails(i)
                ? test + ">\n    <failure message=\"expected " + i
                        + "\" type=\"AssertionError\">at made.of.Numbers(Numbers.java:" + i
                        + ")\n\tat made.of.Words(Words.java:1)</failure>\n  </testcase>\n"
                : test + "/>\n";
    }

    private static String pan(long i) {
        return "<<<test_start>>>\ntag=made" + i + " stime=1700000000\ncmdline=\"made -n " + i
                + "\"\ncontacts=\"\"\nanalysis=exit\n<<<test_output>>>\nmade.c:" + i
                + ": TPASS: as expected\n<<<execution_status>>>\ninitiation_status=\"ok\"\n"
                + "duration=0 termination_type=exited termination_id=0 corefile=no\ncutime=0 cstime=0\n<<<test_end>>>\n";
    }

    private static String kirk(long i) {
        return "{\"test_fqn\": \"made" + i
                + "\", \"status\": \"pass\", \"test\": {\"command\": \"made\", \"arguments\": [\"-n\"], "
                + "\"log\": \"made.c:" + i
                + ": TPASS: as expected\\n\", \"retval\": [\"0\"], \"duration\": 0.01, \"failed\": 0, "
                + "\"passed\": 1, \"broken\": 0, \"skipped\": 0, \"warnings\": 0, \"result\": \"pass\"}}";
    }

    private static String command(long i) {
        String name = "made of numbers " + i;
        return "START " + name + "\n|number " + i + "\nEND " + name + (fails(i) ? " exit 1 0.25\n" : " exit 0 0.25\n");
    }
}
