package muster.reports.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What journals said about cases: each text stands once, 0 is the id of the empty one. */
final class Messages {

    private final Interned<String> interned;

    Messages(Connections connections) {
        interned = new Interned<>(connections, "message", Messages::insert);
    }

    /** The ids of texts, in their order. */
    long[] ids(List<String> texts) {
        Map<String, UUID> digests = new HashMap<>();
        Map<UUID, String> values = new HashMap<>();
        for (String text : texts) {
            if (!text.isEmpty() && !digests.containsKey(text)) {
                UUID digest = Texts.digest(text);
                digests.put(text, digest);
                values.put(digest, text);
            }
        }
        Map<UUID, Long> ids = interned.ids(values);
        return texts.stream()
                .mapToLong(text -> text.isEmpty() ? 0 : Known.of(ids, Known.of(digests, text)))
                .toArray();
    }

    /** The texts of ids; 0 is the empty one. */
    static Map<Long, String> texts(Handle handle, Collection<Long> ids) {
        Map<Long, String> texts = Lookup.of(
                handle.createQuery("SELECT u.id, m.content FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                                + "LEFT JOIN message m ON m.id = u.id")
                        .bindArray("ids", Long.class, List.copyOf(ids)),
                Long.class,
                String.class);
        texts.put(0L, "");
        return texts;
    }

    private static void insert(Handle handle, List<Long> ids, List<UUID> digests, List<String> texts) {
        Bulk.insert(
                handle,
                "message",
                List.of(
                        new Bulk.Column<>("id", "BIGINT", Long.class, ids),
                        new Bulk.Column<>("digest", "UUID", UUID.class, digests),
                        new Bulk.Column<>("content", "VARCHAR", String.class, texts)));
    }
}
