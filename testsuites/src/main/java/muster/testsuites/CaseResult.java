package muster.testsuites;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one case came to, as its journal said.
 *
 * @param name unique in its suite: where a format repeats names, the second is {@code name #2}, by order
 * @param verdict what it came to
 * @param nativeWord the journal's own word, unchanged, e.g. {@code FAILED}
 * @param nativeCode the journal's own number for it, or null where it has none
 * @param message what the journal said about it (bounded by the format), or empty
 * @param duration how long it took, or null where the journal does not say
 * @param line the line of the journal where the result stands, from 1; 0 where the format has no lines
 */
public record CaseResult(
        String name,
        Verdict verdict,
        String nativeWord,
        @Nullable Integer nativeCode,
        String message,
        @Nullable Duration duration,
        long line) {

    /** The same, with another message. */
    public CaseResult withMessage(String said) {
        return new CaseResult(name, verdict, nativeWord, nativeCode, said, duration, line);
    }
}
