package muster.testsuites.format;

import java.util.List;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** The lines that TAP and KTAP share. */
final class TapLine {
    /** No directive is longer, in bytes. */
    private static final int ENOUGH = 24;

    private TapLine() {}

    /**
     * A test line.
     *
     * @param number as written, or -1
     * @param name without the directive; empty where there is none
     * @param directive in capitals, or empty
     * @param why what follows the directive
     */
    record Result(boolean ok, int number, Name name, String directive, String why) {

        String word() {
            String word = ok ? "ok" : "not ok";
            return directive.isEmpty() ? word : word + " # " + directive;
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

        Name nameOrNumber(long place) {
            return name.text().isEmpty() ? Name.of("test " + (number >= 0 ? number : place)) : name;
        }
    }

    /** The test line that begins at {@code from}, or null where none does. */
    static @Nullable Result result(Line line, int from, List<String> directives) {
        boolean ok = line.startsWith("ok", from);
        if (!ok && !line.startsWith("not ok", from)) {
            return null;
        }
        int at = from + (ok ? 2 : 6);
        if (at < line.length() && !Line.isSpace(line.at(at))) {
            return null;
        }
        at = line.afterSpaces(at);
        int digits = line.afterDigits(at);
        int number = endsWord(line, digits) ? line.number(at, digits) : -1;
        at = number < 0 ? at : line.afterSpaces(digits);
        if (line.at(at) == '-' && endsWord(line, at + 1)) {
            at = line.afterSpaces(at + 1);
        }
        for (int hash = line.indexOf('#', at); hash >= 0; hash = line.indexOf('#', hash + 1)) {
            boolean stands = hash == at || Line.isSpace(line.at(hash - 1));
            int after = line.afterSpaces(hash + 1);
            String directive = stands ? directive(line, after, directives) : "";
            if (!directive.isEmpty()) {
                int why = line.afterWord(after + directive.length());
                return new Result(ok, number, name(line, at, hash), directive, line.stripped(why, line.length()));
            }
        }
        return new Result(ok, number, name(line, at, line.length()), "", "");
    }

    private static boolean endsWord(Line line, int at) {
        return at == line.length() || Line.isSpace(line.at(at));
    }

    private static Name name(Line line, int from, int to) {
        Name name = line.name(from, line.beforeSpaces(from, to));
        String text = name.text();
        return text.indexOf('\\') < 0 ? name : Name.of(text.replace("\\#", "#").replace("\\\\", "\\"));
    }

    private static String directive(Line line, int at, List<String> directives) {
        String text = line.text(at, Math.min(line.length(), at + ENOUGH));
        for (String directive : directives) {
            if (text.regionMatches(true, 0, directive, 0, directive.length())) {
                return directive;
            }
        }
        return "";
    }

    /** How many tests the plan at {@code from} announces, or -1 where none stands there. */
    static int plan(Line line, int from) {
        if (!line.startsWith("1..", from)) {
            return -1;
        }
        int end = line.afterDigits(from + 3);
        int rest = line.afterSpaces(end);
        boolean plan = rest == line.length() || line.at(rest) == '#';
        return plan ? line.number(from + 3, end) : -1;
    }
}
