package muster.testsuites.format;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers as journals write them. */
final class Texts {
    private static final int MOST_DIGITS = 9;
    private static final int LONGEST_SECONDS = 30;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(1_000_000_000);

    private Texts() {}

    /** What these digits say, or -1 where they are none, or more than nine. */
    static int number(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + (c - '0');
        }
        return number;
    }

    /** So many seconds, which may have a fraction; null where it is no such number. */
    static @Nullable Duration seconds(String text) {
        if (text.isEmpty() || text.length() > LONGEST_SECONDS) {
            return null;
        }
        try {
            BigDecimal seconds = new BigDecimal(text);
            boolean usual = seconds.signum() >= 0 && seconds.scale() > -10 && seconds.compareTo(LONGEST) < 0;
            return usual ? Duration.ofNanos(seconds.movePointRight(9).longValue()) : null;
        } catch (NumberFormatException no) {
            return null;
        }
    }
}
