package muster.testsuites;

/**
 * What a case came to. The words are those of POSIX 1003.3 and of the Test Environment Toolkit; the native word of the
 * suite's own format is kept beside it in {@link CaseResult}.
 */
public enum Verdict {
    PASS(Standing.GOOD),
    FAIL(Standing.BAD),
    /** Ended without a decision: set-up failed, killed by a signal, timed out. */
    UNRESOLVED(Standing.BAD),
    /** In the manifest, never started. */
    UNINITIATED(Standing.BAD),
    /** Started, never reported. */
    NORESULT(Standing.BAD),
    /** In the baseline, in neither manifest nor journal. */
    MISSING(Standing.BAD),
    /** The implementation does not offer the optional feature. */
    UNSUPPORTED(Standing.NEUTRAL),
    /** The case exists and tests nothing here. */
    UNTESTED(Standing.NEUTRAL),
    /** The harness chose not to run it. */
    SKIP(Standing.NEUTRAL),
    /** Passed with a remark. */
    WARNING(Standing.NEUTRAL),
    /** Further information provided: a person decides. */
    FIP(Standing.NEUTRAL),
    /** Failed as expected. */
    XFAIL(Standing.GOOD),
    /** Passed though expected to fail. */
    XPASS(Standing.REPORTED);

    /** What a verdict counts as. */
    public enum Standing {
        GOOD,
        NEUTRAL,
        BAD,
        REPORTED
    }

    private final Standing standing;

    Verdict(Standing standing) {
        this.standing = standing;
    }

    public Standing standing() {
        return standing;
    }

    public boolean isBad() {
        return standing == Standing.BAD;
    }
}
