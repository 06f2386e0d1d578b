package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import muster.reports.Attempt.Kind;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** What attempts' rows say in numbers and letters, which never change their meaning. */
final class AttemptCodes {

    /** When attempt {@code a} ended; null where it is open. */
    static final String ENDED_AT =
            "CASE WHEN a.outcome IS NOT NULL THEN a.started_at + COALESCE(a.ended_after, a.done_after) END AS ended_at";

    private AttemptCodes() {}

    static int of(Kind kind) {
        return switch (kind) {
            case MAIN -> 0;
            case RETRY -> 1;
            case CONFIRM -> 2;
            case RERUN -> 3;
        };
    }

    /** Later steps have higher numbers. */
    static int of(Step step) {
        return switch (step) {
            case QUEUED -> 0;
            case CLONING -> 1;
            case BOOTING -> 2;
            case PREPARING -> 3;
            case RUNNING -> 4;
            case COLLECTING -> 5;
            case DONE -> 6;
        };
    }

    static int of(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> 0;
            case FAILED -> 1;
            case TIMED_OUT -> 2;
            case SILENT -> 3;
            case PANICKED -> 4;
            case BOOT_FAILED -> 5;
            case REFUSED -> 6;
            case LOST -> 7;
            case CANCELLED -> 8;
            case FENCED -> 9;
        };
    }

    private static char letter(Verdict verdict) {
        return switch (verdict) {
            case PASS -> 'P';
            case FAIL -> 'F';
            case UNRESOLVED -> 'R';
            case UNINITIATED -> 'I';
            case NORESULT -> 'N';
            case MISSING -> 'M';
            case UNSUPPORTED -> 'U';
            case UNTESTED -> 'T';
            case SKIP -> 'S';
            case WARNING -> 'W';
            case FIP -> 'D';
            case XFAIL -> 'X';
            case XPASS -> 'Y';
        };
    }

    /** Of column {@code kind}. */
    static Kind kind(ResultSet row) throws SQLException {
        int code = row.getInt("kind");
        return Arrays.stream(Kind.values())
                .filter(kind -> of(kind) == code)
                .findFirst()
                .orElseThrow(() -> unknown("the kind of an attempt", code));
    }

    /** Of column {@code step}; null where there is no attempt. */
    static @Nullable Step step(ResultSet row) throws SQLException {
        Integer code = row.getObject("step", Integer.class);
        return code == null
                ? null
                : Arrays.stream(Step.values())
                        .filter(step -> of(step) == code)
                        .findFirst()
                        .orElseThrow(() -> unknown("the step of an attempt", code));
    }

    /** Of column {@code outcome}; null where the attempt is open. */
    static @Nullable Outcome outcome(ResultSet row) throws SQLException {
        Integer code = row.getObject("outcome", Integer.class);
        return code == null ? null : outcome(code);
    }

    static Outcome outcome(int code) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> of(outcome) == code)
                .findFirst()
                .orElseThrow(() -> unknown("the outcome of an attempt", code));
    }

    private static IllegalStateException unknown(String what, int code) {
        return new IllegalStateException("cannot read " + what + ": " + code + " is none of the codes");
    }

    /** For example {@code P1046F17}; empty for none. */
    static String counts(Counts counts) {
        StringBuilder text = new StringBuilder();
        counts.byVerdict()
                .forEach((verdict, count) -> text.append(letter(verdict)).append(count));
        return text.toString();
    }

    /** Of column {@code counts}. */
    static Counts counts(ResultSet row) throws SQLException {
        String text = row.getString("counts");
        if (text == null || text.isEmpty()) {
            return Counts.NONE;
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int at = 0; at < text.length(); ) {
            int end = at + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            counts.put(verdict(text.charAt(at)), Integer.valueOf(text.substring(at + 1, end)));
            at = end;
        }
        return new Counts(counts);
    }

    private static Verdict verdict(char letter) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> letter(verdict) == letter)
                .findFirst()
                .orElseThrow(() -> unknown("a verdict's letter", letter));
    }

    /** Whether attempt {@code a} has cases of such a verdict, as a condition. */
    static String has(Verdict verdict) {
        return "a.counts LIKE '%" + letter(verdict) + "%'";
    }
}
