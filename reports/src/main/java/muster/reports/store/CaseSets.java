package muster.reports.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which cases an attempt has, in order: attempts of the same cases share one case set. */
final class CaseSets {

    private static final int[] NONE = {};

    private final Connections connections;

    CaseSets(Connections connections) {
        this.connections = connections;
    }

    /** The id of the case set of the first {@code size} numbers. */
    long id(long suite, int[] numbers, int size) {
        UUID digest = digest(numbers, size);
        return connections.intern(handle -> {
            Long id = find(handle, suite, digest);
            if (id == null) {
                long newest = Numbering.lock(handle, "case_set");
                id = find(handle, suite, digest);
                if (id == null) {
                    id = newest + 1;
                    Numbering.given(handle, "case_set", id);
                    add(handle, id, suite, digest, numbers, size);
                }
            }
            return id;
        });
    }

    /** The numbers of a case set; none for null. */
    static int[] numbers(Handle handle, @Nullable Long caseSet) {
        if (caseSet == null) {
            return NONE;
        }
        int[] numbers = new int
                [handle.createQuery("SELECT cases FROM case_set WHERE id = :id")
                        .bind("id", caseSet)
                        .mapTo(Integer.class)
                        .one()];
        int at = 0;
        for (byte[] part : handle.createQuery("SELECT bytes FROM case_set_part WHERE case_set = :id ORDER BY part")
                .bind("id", caseSet)
                .map((row, context) -> row.getBytes(1))
                .list()) {
            at = BlockCodec.decodeCases(part, numbers, at);
        }
        return numbers;
    }

    private static @Nullable Long find(Handle handle, long suite, UUID digest) {
        return handle.createQuery("SELECT id FROM case_set WHERE suite = :suite AND digest = :digest")
                .bind("suite", suite)
                .bind("digest", digest)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    private static void add(Handle handle, long id, long suite, UUID digest, int[] numbers, int size) {
        handle.execute("INSERT INTO case_set (id, suite, digest, cases) VALUES (?, ?, ?, ?)", id, suite, digest, size);
        List<byte[]> parts = BlockCodec.encodeCases(numbers, size);
        for (int part = 0; part < parts.size(); part++) {
            handle.execute(
                    "INSERT INTO case_set_part (case_set, part, bytes) VALUES (?, ?, ?)", id, part, parts.get(part));
        }
    }

    private static UUID digest(int[] numbers, int size) {
        MessageDigest sha256 = Texts.sha256();
        ByteBuffer bytes = ByteBuffer.allocate(4 * size);
        for (int i = 0; i < size; i++) {
            bytes.putInt(numbers[i]);
        }
        sha256.update(bytes.flip());
        return Texts.digest(sha256);
    }
}
