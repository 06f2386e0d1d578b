package muster.reports.store;

import java.util.Map;

/** Looks up what must be there because the database refers to it. */
final class Known {

    private Known() {}

    static <K, V> V of(Map<K, V> known, K key) {
        V value = known.get(key);
        if (value == null) {
            throw new IllegalStateException(
                    "cannot read the store: something refers to " + key + ", which is not there; restore a backup");
        }
        return value;
    }
}
