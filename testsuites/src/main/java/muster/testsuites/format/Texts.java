package muster.testsuites.format;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers as journals write them. */
final class Texts {
    private static final int MOST_DIGITS = 9;

    /** What the last of so many digits behind the point stands for. */
    private static final long[] NANOSECONDS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1
    };

    private static final int LONGEST_SECONDS = 30;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(1_000_000_000);

    private Texts() {}

    /** What these digits say, or -1 where they are none, or more than nine. */
    static int number(String digits) {
        return number(digits.toCharArray(), 0, digits.length());
    }

    /** What the digits from one place to another say, or -1 where they are none, or more than nine. */
    static int number(char[] text, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + (c - '0');
        }
        return number;
    }

    /** So many seconds, which may have a fraction; null where it is no such number. */
    static @Nullable Duration seconds(String text) {
        return seconds(text.toCharArray(), 0, text.length());
    }

    /** The same from one place to another. */
    static @Nullable Duration seconds(char[] text, int from, int to) {
        Duration plain = plainSeconds(text, from, to);
        return plain == null ? unusualSeconds(new String(text, from, to - from)) : plain;
    }

    /** So many seconds: up to nine digits, and a point with up to nine more; null where it is anything else. */
    private static @Nullable Duration plainSeconds(char[] text, int from, int to) {
        int point = from;
        while (point < to && text[point] != '.') {
            point++;
        }
        int seconds = number(text, from, point);
        if (seconds < 0 || point == to) {
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        }
        int fraction = number(text, point + 1, to);
        return fraction < 0 ? null : Duration.ofSeconds(seconds, fraction * NANOSECONDS[to - point - 1]);
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
