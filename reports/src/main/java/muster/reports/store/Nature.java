package muster.reports.store;

import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** What a result is, apart from whose it is: an attempt has a handful of these. */
record Nature(Verdict verdict, String word, @Nullable Integer code) {

    /** Of a case that the baseline had and the journal has not. */
    static final Nature MISSING = new Nature(Verdict.MISSING, "", null);

    /** Of a case that was to run and never started. */
    static final Nature UNINITIATED = new Nature(Verdict.UNINITIATED, "", null);
}
