package muster.reports.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of what was interned lately, so that an unchanged night asks the database nothing. Safe for many threads. */
final class Recent<K, V> {

    private final Map<K, V> entries;
    private boolean forgot;

    Recent(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                forgot |= size() > most;
                return size() > most;
            }
        };
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    /** Whether all that was ever put is still here. */
    synchronized boolean hasAll() {
        return !forgot;
    }

    synchronized void putAll(Map<K, V> more) {
        entries.putAll(more);
    }
}
