package muster.reports.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
        byte[] byNumber = new byte[most(numbers) + 1];
        int[] at = {0};
        parts.forEach(part -> BlockCodec.decodeVerdicts(part, verdict -> byNumber[numbers[at[0]++]] = verdict));
        return byNumber;
    }

    /** How long cases took, by case number, in nanoseconds; below 0 where the journal does not say. */
    static long[] nanos(int[] numbers, List<BlockPart> parts) {
        long[] byNumber = new long[most(numbers) + 1];
        Arrays.fill(byNumber, -1);
        int[] at = {0};
        parts.forEach(part -> BlockCodec.decodeDurations(part, nanos -> byNumber[numbers[at[0]++]] = nanos));
        return byNumber;
    }

    private static int most(int[] numbers) {
        int most = -1;
        for (int number : numbers) {
            most = Math.max(most, number);
        }
        return most;
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
        List<Long> some = attempts;
        for (int part = 0; !some.isEmpty(); part++) {
            Map<Long, BlockPart> found = parts(handle, some, part);
            some = List.copyOf(found.keySet());
            found.forEach((attempt, one) ->
                    parts.computeIfAbsent(attempt, id -> new ArrayList<>()).add(one));
        }
        return parts;
    }

    /** That part of each attempt that has so many. */
    static Map<Long, BlockPart> parts(Handle handle, List<Long> attempts, int part) {
        Map<Long, Told> told = new LinkedHashMap<>();
        handle.createQuery("SELECT u.attempt, b.bytes, b.base FROM UNNEST(CAST(:attempts AS BIGINT ARRAY), "
                        + "CAST(:ids AS BIGINT ARRAY)) AS u(attempt, id) LEFT JOIN block b ON b.id = u.id "
                        + "WHERE b.id IS NOT NULL ORDER BY u.attempt")
                .bindArray("attempts", Long.class, attempts)
                .bindArray(
                        "ids",
                        Long.class,
                        attempts.stream()
                                .map(attempt -> Blocks.id(attempt, part))
                                .toList())
                .map((row, context) ->
                        Map.entry(row.getLong(1), new Told(row.getBytes(2), row.getObject(3, Long.class))))
                .forEach(one -> told.put(one.getKey(), one.getValue()));
        Map<Long, BasePart> bases = bases(handle, told.values());
        Map<Long, BlockPart> found = new LinkedHashMap<>();
        told.forEach((attempt, one) -> found.put(
                attempt, new BlockPart(one.bytes(), one.base() == null ? null : Known.of(bases, one.base()))));
        return found;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Told(byte[] bytes, @Nullable Long base) {}

    /** By which these are told. */
    private static Map<Long, BasePart> bases(Handle handle, Collection<Told> parts) {
        Map<Long, BasePart> bases = new HashMap<>();
        Map<Long, Told> direct = basesOf(handle, parts);
        basesOf(handle, direct.values()).forEach((id, one) -> bases.put(id, new BasePart(one.bytes(), null)));
        direct.forEach((id, one) -> bases.computeIfAbsent(
                id, absent -> new BasePart(one.bytes(), one.base() == null ? null : Known.of(bases, one.base()))));
        return bases;
    }

    private static Map<Long, Told> basesOf(Handle handle, Collection<Told> parts) {
        List<Long> ids = parts.stream()
                .map(Told::base)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Long, Told> bases = new HashMap<>();
        handle.createQuery("SELECT u.id, b.bytes, b.base FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                        + "LEFT JOIN block b ON b.id = u.id WHERE b.id IS NOT NULL")
                .bindArray("ids", Long.class, ids)
                .map((row, context) ->
                        Map.entry(row.getLong(1), new Told(row.getBytes(2), row.getObject(3, Long.class))))
                .forEach(base -> bases.put(base.getKey(), base.getValue()));
        return bases;
    }
}
