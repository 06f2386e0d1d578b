package muster.reports.store;

/** How likely a decision is yes, learnt from those before it: quickly at first, then slowly. */
final class Odds {

    /** Certain; a likelihood is a share of it. */
    static final int ONE = 1 << 16;

    private static final int LEAST = 48;
    private static final int SLOWEST = 160;

    private int yes;
    private int seen;

    /** Nothing is known. */
    Odds() {
        this(0.5, 0);
    }

    /**
     * What is expected before the first decision.
     *
     * @param share of yes, from 0 to 1
     * @param seen after how many decisions this would be known
     */
    Odds(double share, int seen) {
        yes = bounded((int) (share * ONE));
        this.seen = seen;
    }

    /** Of {@link #ONE}; never none and never all. */
    int yes() {
        return yes;
    }

    void learn(boolean was) {
        yes = bounded(yes + ((was ? ONE : 0) - yes) / (seen + 2));
        if (seen < SLOWEST) {
            seen++;
        }
    }

    private static int bounded(int share) {
        return Math.max(LEAST, Math.min(ONE - LEAST, share));
    }
}
