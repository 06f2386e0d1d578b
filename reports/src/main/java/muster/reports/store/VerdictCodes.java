package muster.reports.store;

import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** Verdicts as they stand in the database: these numbers never change their meaning. */
final class VerdictCodes {

    /** The case is not there. */
    static final byte ABSENT = 0;

    private static final @Nullable Verdict[] BY_CODE = new @Nullable Verdict[Verdict.values().length + 1];

    static {
        for (Verdict verdict : Verdict.values()) {
            BY_CODE[of(verdict)] = verdict;
        }
    }

    private VerdictCodes() {}

    static byte of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> 1;
            case FAIL -> 2;
            case UNRESOLVED -> 3;
            case UNINITIATED -> 4;
            case NORESULT -> 5;
            case MISSING -> 6;
            case UNSUPPORTED -> 7;
            case UNTESTED -> 8;
            case SKIP -> 9;
            case WARNING -> 10;
            case FIP -> 11;
            case XFAIL -> 12;
            case XPASS -> 13;
        };
    }

    /** Null for {@link #ABSENT}. */
    static @Nullable Verdict verdictOrAbsent(int code) {
        return code == ABSENT ? null : verdict(code);
    }

    static Verdict verdict(int code) {
        Verdict verdict = code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (verdict == null) {
            throw new IllegalStateException("cannot read a verdict: " + code + " is none of the codes");
        }
        return verdict;
    }
}
