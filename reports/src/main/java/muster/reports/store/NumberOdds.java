package muster.reports.store;

import org.jspecify.annotations.Nullable;

/**
 * Numbers from 0 packed by what they mostly are: first how many bits the number has, a decision for each, then the two bits
 * behind its highest one, each with odds of its own; the rest is as likely as not.
 */
final class NumberOdds {

    private static final int LEARNT_BITS = 2;
    private static final int BRANCHES = 1 << LEARNT_BITS;

    private final Expected expected;
    private final int known;
    private final @Nullable Odds[] longer = new @Nullable Odds[Long.SIZE];
    private final @Nullable Odds[] upper = new @Nullable Odds[(Long.SIZE + 1) * BRANCHES];

    /** What is expected before the first number. */
    @FunctionalInterface
    interface Expected {
        /** How many of the numbers are at least this one, of 1. */
        double atLeast(double number);
    }

    /** Nothing is known. */
    NumberOdds() {
        this(number -> 0, 0);
    }

    /** @param known after how many numbers what is expected would be known */
    NumberOdds(Expected expected, int known) {
        this.expected = expected;
        this.known = known;
    }

    long code(BitCoder coder, long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number);
        int length = 0;
        while (length < Long.SIZE && coder.decide(longer(length), bits > length)) {
            length++;
        }
        if (length < 2) {
            return length;
        }
        long read = 1;
        int rest = length - 1;
        for (int branch = 1; rest > 0 && branch < BRANCHES; rest--) {
            boolean is = coder.decide(upper(length, branch, read, rest), (number >>> (rest - 1) & 1) != 0);
            read = read << 1 | (is ? 1 : 0);
            branch = branch << 1 | (is ? 1 : 0);
        }
        return read << rest | coder.plain(number, rest);
    }

    /** Whether a number of at least {@code length} bits has more. */
    private Odds longer(int length) {
        Odds odds = longer[length];
        if (odds == null) {
            double all = length == 0 ? 1 : expected.atLeast(Math.scalb(1.0, length - 1));
            odds = odds(expected.atLeast(Math.scalb(1.0, length)), all, 0);
            longer[length] = odds;
        }
        return odds;
    }

    /** Whether the highest of {@code rest} bits is set behind those that were read. */
    private Odds upper(int length, int branch, long read, int rest) {
        int at = length * BRANCHES + branch;
        Odds odds = upper[at];
        if (odds == null) {
            double from = Math.scalb((double) read, rest);
            double to = Math.scalb((double) read + 1, rest);
            odds = odds(expected.atLeast((from + to) / 2), expected.atLeast(from), expected.atLeast(to));
            upper[at] = odds;
        }
        return odds;
    }

    private Odds odds(double middle, double from, double to) {
        return known == 0 || !(from - to > 1e-12) ? new Odds() : new Odds((middle - to) / (from - to), known);
    }
}
