package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import muster.testsuites.CaseResult;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Past attempts, case by case, from their blocks. */
final class Blocks {

    private Blocks() {}

    /** Takes the results of an attempt in order; {@code message} is an id of {@link Messages}. */
    @FunctionalInterface
    interface Each {
        void take(int number, Nature nature, @Nullable Duration duration, long line, long message);
    }

    /** So many blocks at most are told by the same one. */
    private static final int MOST_BY_ONE = 30;

    /** Writes parts that are whole. */
    static void write(Handle handle, long attempt, List<byte[]> parts) {
        for (int part = 0; part < parts.size(); part++) {
            write(handle, attempt, part, parts.get(part), null);
        }
    }

    /** Writes the same, told by the block that {@code earlier} is told by, or by its own, where it has the same cases. */
    static void write(Handle handle, long attempt, GrowingBlock block, long earlier) {
        if (!Arrays.equals(
                CaseSets.numbers(handle, caseSet(handle, earlier)), Arrays.copyOf(block.numbers(), block.size()))) {
            write(handle, attempt, block.parts());
            return;
        }
        for (int part = 0; part < block.parts().size(); part++) {
            byte[] whole = block.parts().get(part);
            Stored its = stored(handle, earlier, part).orElse(null);
            int age = its == null ? 0 : its.part().age() + 1;
            byte[] told = its == null || age > MOST_BY_ONE
                    ? null
                    : BlockDelta.encode(
                            Zstd.decompress(whole), Zstd.decompress(its.part().whole()), age);
            if (its == null || told == null || told.length >= whole.length) {
                write(handle, attempt, part, whole, null);
            } else {
                write(handle, attempt, part, told, its.base() == null ? (Long) earlier : its.base());
            }
        }
    }

    private static void write(Handle handle, long attempt, int part, byte[] bytes, @Nullable Long base) {
        handle.execute(
                "INSERT INTO block (attempt, part, bytes, base) VALUES (?, ?, ?, CAST(? AS BIGINT))",
                attempt,
                part,
                bytes,
                base);
    }

    /** Verdict codes by case number; {@link VerdictCodes#ABSENT} beyond and between. */
    static byte[] verdicts(Handle handle, long attempt) {
        int[] numbers = CaseSets.numbers(handle, caseSet(handle, attempt));
        byte[] byNumber = new byte[Arrays.stream(numbers).max().orElse(-1) + 1];
        int[] at = {0};
        parts(
                handle,
                attempt,
                part -> BlockCodec.decodeVerdicts(part, verdict -> byNumber[numbers[at[0]++]] = verdict));
        return byNumber;
    }

    static void read(Handle handle, long attempt, Each each) {
        int[] numbers = CaseSets.numbers(handle, caseSet(handle, attempt));
        int[] at = {0};
        parts(
                handle,
                attempt,
                part -> BlockCodec.decode(
                        part,
                        (nature, duration, line, message) ->
                                each.take(numbers[at[0]++], nature, duration, line, message)));
    }

    /** By name, without the cases of which none is known. */
    static Map<String, Duration> durations(Handle handle, long suite, long attempt) {
        Map<Integer, Duration> byNumber = new HashMap<>();
        read(handle, attempt, (number, nature, duration, line, message) -> {
            if (duration != null) {
                byNumber.put(number, duration);
            }
        });
        int[] numbers = byNumber.keySet().stream().mapToInt(Integer::intValue).toArray();
        Map<String, Duration> byName = new HashMap<>();
        CaseNames.names(handle, suite, numbers).forEach((number, name) -> byName.put(name, Known.of(byNumber, number)));
        return byName;
    }

    /** Every case as it was read, in the journal's order; then those that were missing. */
    static void replay(Handle handle, long suite, long attempt, Consumer<CaseResult> each) {
        int[] numbers = CaseSets.numbers(handle, caseSet(handle, attempt));
        int[] at = {0};
        parts(handle, attempt, part -> replay(handle, suite, numbers, at, part, each));
    }

    private static void replay(
            Handle handle, long suite, int[] numbers, int[] at, BlockPart part, Consumer<CaseResult> each) {
        int from = at[0];
        Set<Long> messageIds = new HashSet<>();
        BlockCodec.decode(part, (nature, duration, line, message) -> {
            messageIds.add(message);
            at[0]++;
        });
        Map<Integer, String> names = CaseNames.names(handle, suite, Arrays.copyOfRange(numbers, from, at[0]));
        Map<Long, String> texts = new HashMap<>(Messages.texts(handle, messageIds));
        int[] next = {from};
        BlockCodec.decode(
                part,
                (nature, duration, line, message) -> each.accept(new CaseResult(
                        Known.of(names, numbers[next[0]++]),
                        nature.verdict(),
                        nature.word(),
                        nature.code(),
                        Known.of(texts, message),
                        duration,
                        line)));
    }

    private static @Nullable Long caseSet(Handle handle, long attempt) {
        return handle.createQuery("SELECT case_set FROM attempt WHERE id = :id AND case_set IS NOT NULL")
                .bind("id", attempt)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    private record Stored(BlockPart part, @Nullable Long base) {}

    private static Optional<Stored> stored(Handle handle, long attempt, int part) {
        return handle.createQuery("SELECT b.bytes, w.bytes, b.base FROM block b "
                        + "LEFT JOIN block w ON w.attempt = b.base AND w.part = b.part "
                        + "WHERE b.attempt = :id AND b.part = :part")
                .bind("id", attempt)
                .bind("part", part)
                .map((row, context) -> new Stored(
                        new BlockPart(row.getBytes(1), row.getBytes(2)),
                        row.getObject(3) == null ? null : row.getLong(3)))
                .findOne();
    }

    private static void parts(Handle handle, long attempt, Consumer<BlockPart> each) {
        int parts = handle.createQuery("SELECT COUNT(*) FROM block WHERE attempt = :id")
                .bind("id", attempt)
                .mapTo(Integer.class)
                .one();
        for (int part = 0; part < parts; part++) {
            each.accept(stored(handle, attempt, part).orElseThrow().part());
        }
    }
}
