package muster.reports;

import java.util.Locale;

/**
 * What became of a new failure that was to be run again, alone, before it is called a regression.
 *
 * @param failed how often it did not pass again
 * @param times how often it was run again to its end
 * @param why it is unconfirmed, in a few words; else empty
 */
public record Confirmation(Standing standing, int failed, int times, String why) {

    /** What a new failure is, then. */
    public enum Standing {
        /** It failed again every time. */
        REGRESSION,
        /** It passed at least once. */
        FLAKY,
        /** It could not be told. */
        UNCONFIRMED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #word}. */
        public static Standing ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Of one that was run again to its end that often. */
    public static Confirmation of(int failed, int times) {
        return new Confirmation(failed == times ? Standing.REGRESSION : Standing.FLAKY, failed, times, "");
    }

    public static Confirmation unconfirmed(String why) {
        return new Confirmation(Standing.UNCONFIRMED, 0, 0, why);
    }

    /** For people: {@code regression: failed 2 of 2 times again}, {@code unconfirmed: too many}. */
    public String words() {
        return standing.word() + ": "
                + (standing == Standing.UNCONFIRMED
                        ? why
                        : "failed " + failed + " of " + times + (times == 1 ? " time" : " times") + " again");
    }
}
