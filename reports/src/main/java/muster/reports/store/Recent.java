package muster.reports.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ids of what was interned lately, so that an unchanged night asks the database nothing. Safe for many threads; who does several
 * things at once holds its monitor.
 */
final class Recent<K, V> {

    private final Map<K, V> entries;

    Recent(int most) {
        this(most, key -> {});
    }

    /** @param forgotten hears which keys make room for others, while its monitor is held */
    Recent(int most, Consumer<K> forgotten) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                boolean full = size() > most;
                if (full) {
                    forgotten.accept(eldest.getKey());
                }
                return full;
            }
        };
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void putAll(Map<K, V> more) {
        entries.putAll(more);
    }
}
