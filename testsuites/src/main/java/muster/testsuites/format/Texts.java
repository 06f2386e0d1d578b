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
        return number(digits, 0, digits.length());
    }

    /** What the digits from one place to another say, or -1 where they are none, or more than nine. */
    static int number(String text, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + (c - '0');
        }
        return number;
    }

    /** So many seconds: up to nine digits, and a point with up to nine more; null where it is anything else. */
    private static @Nullable Duration plainSeconds(String text) {
        int point = text.indexOf('.');
        int seconds = number(text, 0, point < 0 ? text.length() : point);
        if (point < 0 || seconds < 0) {
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        }
        int nanoseconds = number(text, point + 1, text.length());
        for (int digits = text.length() - point - 1; nanoseconds > 0 && digits < MOST_DIGITS; digits++) {
            nanoseconds *= 10;
        }
        return nanoseconds < 0 ? null : Duration.ofSeconds(seconds, nanoseconds);
    }

    /** So many seconds, which may have a fraction; null where it is no such number. */
    static @Nullable Duration seconds(String text) {
        Duration plain = plainSeconds(text);
        return plain == null ? unusualSeconds(text) : plain;
    }

    /** With an exponent, a sign, or more digits. */
    private static @Nullable Duration unusualSeconds(String text) {
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
