package muster.reports.store;

/**
 * Decisions packed by their odds, by range coding: one that was to be expected takes much less than a bit. A writer returns
 * what it was given, a reader what was written and passes over what it is given; so one text tells a format both ways.
 */
abstract class BitCoder {

    /** A range below this is widened by another byte. */
    static final long NARROW = 1L << 24;

    static final long WHOLE = 0xFFFF_FFFFL;

    /** How much of a range is for yes. */
    static long share(long range, int yes) {
        return (range >>> 16) * yes;
    }

    /** A decision whose odds learn from it. */
    final boolean decide(Odds odds, boolean is) {
        boolean was = code(odds.yes(), is);
        odds.learn(was);
        return was;
    }

    /** The lowest {@code bits} of a value, each as likely as not. */
    final long plain(long value, int bits) {
        long read = 0;
        for (int bit = bits - 1; bit >= 0; bit--) {
            read = read << 1 | (code(Odds.ONE / 2, (value >>> bit & 1) != 0) ? 1 : 0);
        }
        return read;
    }

    /** Whether what is given is written; else it is passed over. */
    abstract boolean writes();

    /** One decision that is yes with this share of {@link Odds#ONE}. */
    protected abstract boolean code(int yes, boolean is);
}
