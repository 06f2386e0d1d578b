package muster.reports.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A table whose rows are found by their digest and stand once: {@code (id, digest, ...)}. */
final class Interned<V> {

    private static final int RECENT = 20_000;

    private final Connections connections;
    private final String table;
    private final Insert<V> insert;
    private final Recent<UUID, Long> recent = new Recent<>(RECENT);

    /** Adds rows under ids and digests, all lists of one length. */
    @FunctionalInterface
    interface Insert<V> {
        void rows(Handle handle, List<Long> ids, List<UUID> digests, List<V> values);
    }

    /** {@code table} is also its name in {@link Numbering}. */
    Interned(Connections connections, String table, Insert<V> insert) {
        this.connections = connections;
        this.table = table;
        this.insert = insert;
    }

    /** The ids of values, each under its digest; those not there yet are added. */
    Map<UUID, Long> ids(Map<UUID, V> values) {
        Map<UUID, Long> ids = new HashMap<>();
        Map<UUID, V> unknown = new HashMap<>();
        values.forEach((digest, value) -> {
            Long id = recent.get(digest);
            if (id == null) {
                unknown.put(digest, value);
            } else {
                ids.put(digest, id);
            }
        });
        if (!unknown.isEmpty()) {
            Map<UUID, Long> asked = connections.intern(handle -> findOrAdd(handle, unknown));
            recent.putAll(asked);
            ids.putAll(asked);
        }
        return ids;
    }

    private Map<UUID, Long> findOrAdd(Handle handle, Map<UUID, V> values) {
        List<UUID> digests = new ArrayList<>(values.keySet());
        long newest = Numbering.newest(handle, table);
        Map<UUID, Long> found = newest == 0 ? new HashMap<>() : find(handle, digests);
        if (found.size() < values.size()) {
            long locked = Numbering.lock(handle, table);
            if (locked > newest) {
                found = find(handle, digests);
            }
            add(handle, locked, values, found);
        }
        return found;
    }

    private void add(Handle handle, long newest, Map<UUID, V> values, Map<UUID, Long> found) {
        List<Long> ids = new ArrayList<>();
        List<UUID> digests = new ArrayList<>();
        List<V> rows = new ArrayList<>();
        long id = newest;
        for (Map.Entry<UUID, V> value : values.entrySet()) {
            if (!found.containsKey(value.getKey())) {
                ids.add(++id);
                digests.add(value.getKey());
                rows.add(value.getValue());
                found.put(value.getKey(), id);
            }
        }
        insert.rows(handle, ids, digests, rows);
        Numbering.given(handle, table, id);
    }

    private Map<UUID, Long> find(Handle handle, List<UUID> digests) {
        return Lookup.of(
                handle.createQuery("SELECT u.digest, t.id FROM UNNEST(CAST(:digests AS UUID ARRAY)) AS u(digest) "
                                + "LEFT JOIN " + table + " t ON t.digest = u.digest")
                        .bindArray("digests", UUID.class, digests),
                UUID.class,
                Long.class);
    }
}
