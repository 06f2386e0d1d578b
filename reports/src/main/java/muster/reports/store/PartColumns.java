package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one part of a block, column by column. */
final class PartColumns {

    /** The most results in one part. */
    static final int MOST = 16_384;

    /** A case without a duration. */
    static final long NO_DURATION = Long.MIN_VALUE;

    /** Durations are held within 100 years either way, so that they fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Map<Nature, Integer> natures = new LinkedHashMap<>();
    final int[] nature = new int[MOST];
    final long[] nanos = new long[MOST];
    final long[] line = new long[MOST];
    final long[] message = new long[MOST];
    int size;

    /** Adds a result; {@code messageId} is 0 where there is no message. */
    void add(Nature what, @Nullable Duration duration, long atLine, long messageId) {
        Integer index = natures.get(what);
        if (index == null) {
            index = natures.size();
            natures.put(what, index);
        }
        nature[size] = index;
        nanos[size] = duration == null ? NO_DURATION : nanos(duration);
        line[size] = atLine;
        message[size] = messageId;
        size++;
    }

    boolean isFull() {
        return size == MOST;
    }

    List<Nature> natures() {
        return new ArrayList<>(natures.keySet());
    }

    void clear() {
        natures.clear();
        size = 0;
    }

    private static long nanos(Duration duration) {
        Duration held = duration.compareTo(LONGEST) > 0
                ? LONGEST
                : duration.compareTo(LONGEST.negated()) < 0 ? LONGEST.negated() : duration;
        return held.toNanos();
    }
}
