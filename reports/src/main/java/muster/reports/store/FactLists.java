package muster.reports.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Provenance and package lists: each fact stands once, and so does each list of facts, so that a night on which one
 * package was upgraded adds one fact and one list of numbers. A list's bytes are the ids of its facts in the order of
 * their names, each a zigzag of its difference to the one before.
 */
final class FactLists {

    private final Interned<Fact> facts;
    private final Interned<byte[]> lists;

    /** A name with its content. */
    record Fact(String name, String content) {}

    FactLists(Connections connections) {
        facts = new Interned<>(connections, "fact", FactLists::insertFacts);
        lists = new Interned<>(connections, "fact_list", FactLists::insertLists);
    }

    /** The id of a list with these facts, each within its bounds. */
    long id(SortedMap<String, String> content) {
        SortedMap<String, String> bounded = new TreeMap<>();
        content.forEach(
                (name, value) -> bounded.put(Texts.bounded(name, Texts.WORD), Texts.bounded(value, Texts.FACT)));
        return idOf(bounded);
    }

    /** The same for facts that come from a store. */
    long idOf(SortedMap<String, String> content) {
        Map<UUID, Fact> byDigest = new LinkedHashMap<>();
        content.forEach((name, value) -> byDigest.put(Texts.digest(name, value), new Fact(name, value)));
        Map<UUID, Long> ids = facts.ids(byDigest);
        ByteWriter bytes = new ByteWriter();
        List<String> digests = new ArrayList<>();
        long before = 0;
        for (UUID digest : byDigest.keySet()) {
            long id = Known.of(ids, digest);
            bytes.zigzag(id - before);
            digests.add(digest.toString());
            before = id;
        }
        UUID whole = Texts.digest(digests.toArray(String[]::new));
        return Known.of(lists.ids(Map.of(whole, bytes.toBytes())), whole);
    }

    /** The facts of a list; none for null. */
    static SortedMap<String, String> facts(Handle handle, @Nullable Long list) {
        if (list == null) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> facts = new TreeMap<>();
        named(handle, Known.of(ids(handle, List.of(list)), list))
                .values()
                .forEach(fact -> facts.put(fact.name(), fact.content()));
        return facts;
    }

    /** The ids of the facts of lists, by list. */
    static Map<Long, List<Long>> ids(Handle handle, Collection<Long> lists) {
        Map<Long, List<Long>> ids = new HashMap<>();
        handle.createQuery("SELECT u.id, l.facts FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                        + "LEFT JOIN fact_list l ON l.id = u.id")
                .bindArray("ids", Long.class, lists.stream().distinct().toList())
                .map((row, context) -> Map.entry(row.getLong(1), decode(row.getBytes(2))))
                .forEach(list -> ids.put(list.getKey(), list.getValue()));
        return ids;
    }

    /** Facts by id. */
    static Map<Long, Fact> named(Handle handle, List<Long> ids) {
        Map<Long, Fact> facts = new HashMap<>();
        handle.createQuery("SELECT u.id, f.name, f.content FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                        + "LEFT JOIN fact f ON f.id = u.id")
                .bindArray("ids", Long.class, ids)
                .map((row, context) -> Map.entry(row.getLong(1), new Fact(row.getString(2), row.getString(3))))
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
        return facts;
    }

    private static List<Long> decode(byte[] bytes) {
        List<Long> ids = new ArrayList<>();
        long id = 0;
        for (ByteReader in = new ByteReader(bytes); in.hasMore(); ) {
            id += in.zigzag();
            ids.add(id);
        }
        return ids;
    }

    private static void insertFacts(Handle handle, List<Long> ids, List<UUID> digests, List<Fact> facts) {
        Bulk.insert(
                handle,
                "fact",
                List.of(
                        new Bulk.Column<>("id", "BIGINT", Long.class, ids),
                        new Bulk.Column<>("digest", "UUID", UUID.class, digests),
                        new Bulk.Column<>(
                                "name",
                                "VARCHAR",
                                String.class,
                                facts.stream().map(Fact::name).toList()),
                        new Bulk.Column<>(
                                "content",
                                "VARCHAR",
                                String.class,
                                facts.stream().map(Fact::content).toList())));
    }

    private static void insertLists(Handle handle, List<Long> ids, List<UUID> digests, List<byte[]> lists) {
        for (int i = 0; i < ids.size(); i++) {
            handle.execute(
                    "INSERT INTO fact_list (id, digest, facts) VALUES (?, ?, ?)",
                    ids.get(i),
                    digests.get(i),
                    lists.get(i));
        }
    }
}
