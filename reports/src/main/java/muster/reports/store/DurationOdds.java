package muster.reports.store;

import org.jspecify.annotations.Nullable;

/**
 * By how much a case takes longer or shorter than it took: the longer it takes, the more. What is expected before the first
 * case is a logistic distribution whose scale is a share of the usual duration, and a little for the rounding; then each
 * half of a power of two of usual durations learns its own.
 */
final class DurationOdds {

    /** After how many cases what is expected would be known. */
    private static final int KNOWN = 12;

    private static final int MOST_SPREAD = 22;
    private static final double ROUNDING = 0.12;
    /** A logistic distribution's mean distance from its middle, at scale 1. */
    private static final double MEAN_DISTANCE = 2 * StrictMath.log(2);

    private final double share;
    private final @Nullable NumberOdds[] distances = new @Nullable NumberOdds[2 * (Long.SIZE + 1)];
    private final Odds less = new Odds();

    /** @param spread the scale is 2^(spread / 2 - 11) of the usual duration */
    DurationOdds(int spread) {
        share = share(spread);
    }

    private static double share(int spread) {
        return StrictMath.pow(2, spread / 2.0 - 11);
    }

    /** The spread that these durations have from their base's. */
    static int spread(PartContent own, PartContent base) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < own.size(); i++) {
            long usual = usual(base, i, own.unit());
            if (own.durations()[i] != 0 && usual >= 16) {
                sum += Math.abs((double) BlockCodec.unzigzag(own.durations()[i] - 1) - usual) / usual;
                count++;
            }
        }
        double scale = count == 0 ? share(12) : sum / count / MEAN_DISTANCE;
        int spread = 0;
        while (spread < MOST_SPREAD && share(spread + 1) * StrictMath.pow(2, -0.25) < scale) {
            spread++;
        }
        return spread;
    }

    /** What a case of the base usually took, in other units; 0 where that is not known. */
    static long usual(PartContent base, int index, long unit) {
        long value = base.usual(index);
        return base.unit() >= unit ? value * (base.unit() / unit) : value / (unit / base.unit());
    }

    /** The difference from what is usual. */
    long code(BitCoder coder, long usual, long difference) {
        long magnitude = Math.abs(usual);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(magnitude);
        int half = bits < 2 ? 0 : (int) (magnitude >>> (bits - 2) & 1);
        long distance = of(2 * bits + half).code(coder, Math.abs(difference));
        return distance != 0 && coder.decide(less, difference < 0) ? -distance : distance;
    }

    private NumberOdds of(int range) {
        NumberOdds odds = distances[range];
        if (odds == null) {
            double middle = range < 2 ? 0 : (range % 2 == 0 ? 1.25 : 1.75) * StrictMath.pow(2, range / 2 - 1);
            double scale = share * middle + ROUNDING;
            odds = new NumberOdds(number -> number < 1 ? 1 : 2 / (1 + StrictMath.exp((number - 0.5) / scale)), KNOWN);
            distances[range] = odds;
        }
        return odds;
    }
}
