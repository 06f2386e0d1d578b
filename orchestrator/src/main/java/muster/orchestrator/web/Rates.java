package muster.orchestrator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often somebody may ask: so many at once, and so many a second in the long run. Safe for many threads. */
final class Rates {

    private static final int KNOWN = 10_000;

    private final double most;
    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<String, Left> byWho = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
            return size() > KNOWN;
        }
    };

    private record Left(double times, long at) {}

    /** @param nanos a clock that only ever goes on */
    Rates(double most, double perSecond, LongSupplier nanos) {
        this.most = most;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Whether somebody may once more. */
    synchronized boolean take(String who) {
        long now = nanos.getAsLong();
        Left left = byWho.getOrDefault(who, new Left(most, now));
        double times = Math.min(most, left.times() + (now - left.at()) / 1e9 * perSecond);
        boolean may = times >= 1;
        byWho.put(who, new Left(may ? times - 1 : times, now));
        return may;
    }
}
