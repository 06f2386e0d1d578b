package muster.testsuites.format;

import java.util.Locale;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** The lines that TAP and KTAP share. */
final class TapLine {
    private static final int MOST_DIGITS = 9;

    private TapLine() {}

    /**
     * A test line.
     *
     * @param number as written, or -1
     * @param name without the directive; empty where there is none
     * @param directive in capitals, or empty
     * @param why what follows the directive
     */
    record Result(boolean ok, int number, String name, String directive, String why) {

        String word() {
            return (ok ? "ok" : "not ok") + (directive.isEmpty() ? "" : " # " + directive);
        }

        /** What it means: a test that is skipped, or to do, never fails. */
        Verdict verdict() {
            return switch (directive) {
                case "SKIP" -> Verdict.SKIP;
                case "TODO" -> ok ? Verdict.XPASS : Verdict.XFAIL;
                case "XFAIL" -> Verdict.XFAIL;
                case "TIMEOUT", "ERROR" -> Verdict.UNRESOLVED;
                default -> ok ? Verdict.PASS : Verdict.FAIL;
            };
        }

        String nameOrNumber(long place) {
            return name.isEmpty() ? "test " + (number >= 0 ? number : place) : name;
        }
    }

    /** The test line that begins at {@code from}, or null where none does. */
    static @Nullable Result result(String text, int from, String... directives) {
        boolean ok = text.startsWith("ok", from);
        if (!ok && !text.startsWith("not ok", from)) {
            return null;
        }
        int at = from + (ok ? 2 : 6);
        if (at < text.length() && !isSpace(text.charAt(at))) {
            return null;
        }
        at = afterSpaces(text, at);
        int digits = at;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        int number = -1;
        if (digits > at && digits - at <= MOST_DIGITS && (digits == text.length() || isSpace(text.charAt(digits)))) {
            number = Integer.parseInt(text, at, digits, 10);
            at = afterSpaces(text, digits);
        }
        if (text.startsWith("-", at) && (at + 1 == text.length() || isSpace(text.charAt(at + 1)))) {
            at = afterSpaces(text, at + 1);
        }
        int hash = text.indexOf('#', at);
        while (hash >= 0) {
            boolean stands = hash == at || isSpace(text.charAt(hash - 1));
            String directive = stands ? directive(text, afterSpaces(text, hash + 1), directives) : "";
            if (!directive.isEmpty()) {
                int why = afterSpaces(text, hash + 1) + directive.length();
                while (why < text.length() && !isSpace(text.charAt(why))) {
                    why++;
                }
                return new Result(
                        ok,
                        number,
                        name(text, at, hash),
                        directive,
                        text.substring(why).strip());
            }
            hash = text.indexOf('#', hash + 1);
        }
        return new Result(ok, number, name(text, at, text.length()), "", "");
    }

    private static String name(String text, int from, int to) {
        String name = text.substring(from, to).strip();
        return name.indexOf('\\') < 0 ? name : name.replace("\\#", "#").replace("\\\\", "\\");
    }

    private static String directive(String text, int at, String... directives) {
        for (String directive : directives) {
            if (text.regionMatches(true, at, directive, 0, directive.length())) {
                return directive.toUpperCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** How many tests the plan at {@code from} announces, or -1 where none stands there. */
    static int plan(String text, int from) {
        if (!text.startsWith("1..", from)) {
            return -1;
        }
        int end = from + 3;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int rest = afterSpaces(text, end);
        boolean plan = rest == text.length() || text.charAt(rest) == '#';
        return plan ? Texts.number(text, from + 3, end) : -1;
    }

    static int afterSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
