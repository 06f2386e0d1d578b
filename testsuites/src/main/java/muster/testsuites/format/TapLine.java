package muster.testsuites.format;

import java.util.List;
import muster.testsuites.Verdict;

/** The test line that was read last: what TAP and KTAP share. */
final class TapLine {
    /** No directive is longer, in bytes. */
    private static final int ENOUGH = 24;

    private static final Word OK = Word.of("ok");
    private static final Word NOT_OK = Word.of("not ok");

    private final List<String> directives;
    private boolean ok;
    private int numberAt;
    private int numberEnd;
    private int nameAt;
    private int nameEnd;
    /** Whether its name may hold what means nothing but for a backslash. */
    private boolean escaped;

    private String directive = "";
    private int why;

    /**
     * @param directives in capitals
     */
    TapLine(List<String> directives) {
        this.directives = directives;
    }

    /** Whether a test line begins at {@code from}; if so, it is what all the others tell of until the next is read. */
    boolean read(Line line, int from) {
        ok = line.startsWith(OK, from);
        if (!ok && !line.startsWith(NOT_OK, from)) {
            return false;
        }
        int wordEnd = from + (ok ? OK : NOT_OK).length();
        int at = line.afterSpaces(wordEnd);
        if (at == wordEnd && at < line.length()) {
            return false;
        }
        int digits = line.afterDigits(at);
        int behind = line.afterSpaces(digits);
        boolean isNumber = digits - at <= Line.MOST_DIGITS && (behind > digits || digits == line.length());
        numberAt = at;
        numberEnd = isNumber ? digits : at;
        at = isNumber ? behind : at;
        if (line.at(at) == '-') {
            behind = line.afterSpaces(at + 1);
            at = behind > at + 1 || behind == line.length() ? behind : at;
        }
        nameAt = at;
        directive = "";
        why = line.length();
        int sign = line.indexOf('#', '\\', at);
        escaped = sign >= 0;
        nameEnd = line.beforeSpaces(at, sign < 0 ? line.length() : directive(line, sign));
        return true;
    }

    /** Where the directive begins, at a number sign from {@code from} on; the end of the line, where there is none. */
    private int directive(Line line, int from) {
        for (int at = line.indexOf('#', from); at >= 0; at = line.indexOf('#', at + 1)) {
            if (at == nameAt || Line.isSpace(line.at(at - 1))) {
                int after = line.afterSpaces(at + 1);
                String text = line.text(after, Math.min(line.length(), after + ENOUGH));
                for (String each : directives) {
                    if (text.regionMatches(true, 0, each, 0, each.length())) {
                        directive = each;
                        why = line.afterWord(after + each.length());
                        return at;
                    }
                }
            }
        }
        return line.length();
    }

    boolean hasNumber() {
        return numberEnd > numberAt;
    }

    String word() {
        String word = (ok ? OK : NOT_OK).text();
        return directive.isEmpty() ? word : word + " # " + directive;
    }

    /** What it means: a test that is skipped, or to do, never fails. */
    Verdict verdict() {
        if (directive.isEmpty()) {
            return ok ? Verdict.PASS : Verdict.FAIL;
        }
        return switch (directive) {
            case "TODO" -> ok ? Verdict.XPASS : Verdict.XFAIL;
            case "XFAIL" -> Verdict.XFAIL;
            case "TIMEOUT", "ERROR" -> Verdict.UNRESOLVED;
            default -> Verdict.SKIP;
        };
    }

    /** What stands on its line between number and directive; {@code test N} where nothing does. */
    String name(Line line, long place) {
        if (nameAt == nameEnd) {
            return "test " + (hasNumber() ? line.number(numberAt, numberEnd) : place);
        }
        String text = line.text(nameAt, nameEnd);
        return escaped ? text.replace("\\#", "#").replace("\\\\", "\\") : text;
    }

    /** That of this name of it. */
    long hash(Line line, String name) {
        return escaped || nameAt == nameEnd ? Name.of(name).hash() : line.hash(nameAt, nameEnd);
    }

    /** What follows the directive on its line. */
    String why(Line line) {
        return directive.isEmpty() ? "" : line.stripped(why, line.length());
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
