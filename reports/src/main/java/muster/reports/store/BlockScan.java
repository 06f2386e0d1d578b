package muster.reports.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The blocks of many attempts in few statements; attempts of the same cases have their case set read once. */
final class BlockScan {

    /** How many attempts are held at once. */
    private static final int AT_ONCE = 100;

    private BlockScan() {}

    /** Takes an attempt's verdict codes by case number; {@link VerdictCodes#ABSENT} between. */
    @FunctionalInterface
    interface EachVerdicts {
        void take(long attempt, byte[] byNumber);
    }

    /** Takes an attempt's case numbers and its parts, in their order. */
    @FunctionalInterface
    interface EachBlock {
        void take(long attempt, int[] numbers, List<BlockPart> parts);
    }

    static void verdicts(Handle handle, List<Long> attempts, EachVerdicts each) {
        blocks(handle, attempts, (attempt, numbers, parts) -> each.take(attempt, verdicts(numbers, parts)));
    }

    static byte[] verdicts(int[] numbers, List<BlockPart> parts) {
        int most = -1;
        for (int number : numbers) {
            most = Math.max(most, number);
        }
        byte[] byNumber = new byte[most + 1];
        int[] at = {0};
        parts.forEach(part -> BlockCodec.decodeVerdicts(part, verdict -> byNumber[numbers[at[0]++]] = verdict));
        return byNumber;
    }

    /** Attempts without a block, which are those without cases, are passed over. */
    static void blocks(Handle handle, List<Long> attempts, EachBlock each) {
        Map<Long, int[]> caseSets = new HashMap<>();
        for (int from = 0; from < attempts.size(); from += AT_ONCE) {
            List<Long> some = attempts.subList(from, Math.min(attempts.size(), from + AT_ONCE));
            Map<Long, Long> sets = Lookup.of(
                    handle.createQuery("SELECT u.id, a.case_set FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                                    + "LEFT JOIN attempt a ON a.id = u.id")
                            .bindArray("ids", Long.class, some),
                    Long.class,
                    Long.class);
            parts(handle, some)
                    .forEach((attempt, parts) -> each.take(
                            attempt,
                            caseSets.computeIfAbsent(Known.of(sets, attempt), id -> CaseSets.numbers(handle, id)),
                            parts));
        }
    }

    private static Map<Long, List<BlockPart>> parts(Handle handle, List<Long> attempts) {
        Map<Long, List<BlockPart>> parts = new LinkedHashMap<>();
        handle.createQuery(
                        "SELECT u.id, b.bytes, w.bytes FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                                + "LEFT JOIN block b ON b.attempt = u.id "
                                + "LEFT JOIN block w ON w.attempt = b.base AND w.part = b.part WHERE b.attempt IS NOT NULL ORDER BY u.id, b.part")
                .bindArray("ids", Long.class, attempts)
                .map((row, context) -> Map.entry(row.getLong(1), new BlockPart(row.getBytes(2), row.getBytes(3))))
                .forEach(part -> parts.computeIfAbsent(part.getKey(), id -> new ArrayList<>())
                        .add(part.getValue()));
        return parts;
    }
}
