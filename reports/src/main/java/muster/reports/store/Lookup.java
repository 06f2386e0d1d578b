package muster.reports.store;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/**
 * Looks up many rows by their keys in one statement: {@code SELECT u.key, t.value FROM UNNEST(keys) AS u(key) LEFT JOIN
 * table t ON t.key = u.key}. An outer join, so that every engine goes through the keys and asks the index for each, and
 * never through all keys for each row of a table that was small when the plan was made.
 */
final class Lookup {

    private Lookup() {}

    /** The rows found, from a query whose first column is the key and whose second is the value, null where none is. */
    static <K, V> Map<K, V> of(Query query, Class<K> key, Class<V> value) {
        return query.reduceResultSet(new HashMap<>(), (found, row, context) -> {
            V at = row.getObject(2, value);
            if (at != null) {
                found.put(row.getObject(1, key), at);
            }
            return found;
        });
    }
}
