package muster.reports.store;

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

    /** So many blocks at most are told by the same whole one; */
    private static final int MOST_BY_ONE = 96;

    /** so many where that one knows of no night but its own: the next one knows of these. */
    private static final int MOST_BY_A_FIRST = 12;

    /** The number of a part's row: that of the first is its attempt's. */
    static long id(long attempt, int part) {
        return attempt + ((long) part << 40);
    }

    /** Writes parts that are whole. */
    static void write(Handle handle, long attempt, List<byte[]> parts) {
        for (int part = 0; part < parts.size(); part++) {
            write(handle, attempt, part, parts.get(part), null);
        }
    }

    /** Writes the same, told by the block of an earlier attempt or by what that one is told by, where it has the same cases. */
    static void write(Handle handle, long attempt, GrowingBlock block, long earlier) {
        if (!Arrays.equals(
                CaseSets.numbers(handle, caseSet(handle, earlier)), Arrays.copyOf(block.numbers(), block.size()))) {
            write(handle, attempt, block.parts());
            return;
        }
        for (int part = 0; part < block.parts().size(); part++) {
            byte[] whole = block.parts().get(part);
            Stored its = stored(handle, earlier, part).orElse(null);
            if (its == null) {
                write(handle, attempt, part, whole, null);
            } else if (its.isOld()) {
                long[] usual = UsualDurations.of(handle, whole, earlier, part);
                write(handle, attempt, part, BlockCodec.withUsual(whole, usual), null);
            } else {
                writeTold(handle, attempt, part, whole, its);
            }
        }
    }

    private static void writeTold(Handle handle, long attempt, int part, byte[] whole, Stored its) {
        int age = its.part().age() + 1;
        Base base = its.baseOf(age);
        byte[] told = BlockDelta.encode(
                new BlockPart(whole, null).content(), base.part().content(), age);
        if (told == null || told.length >= whole.length) {
            write(handle, attempt, part, whole, null);
        } else {
            write(handle, attempt, part, told, base.id());
        }
    }

    private static void write(Handle handle, long attempt, int part, byte[] bytes, @Nullable Long base) {
        handle.execute(
                "INSERT INTO block (id, bytes, base) VALUES (?, ?, CAST(? AS BIGINT))", id(attempt, part), bytes, base);
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

    static @Nullable Long caseSet(Handle handle, long attempt) {
        return handle.createQuery("SELECT case_set FROM attempt WHERE id = :id AND case_set IS NOT NULL")
                .bind("id", attempt)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    /** A part by which others are told, and its row. */
    record Base(long id, BasePart part) {}

    /** A part and its row, and the row of the whole one by which it is told, if any: at once, or through that of its base. */
    record Stored(
            long id,
            BlockPart part,
            @Nullable Long base,
            @Nullable Long whole) {

        /** Whether it is time for the next one to be whole. */
        boolean isOld() {
            int age = part.age() + 1;
            return age > MOST_BY_ONE
                    || (age > MOST_BY_A_FIRST && !part.base().whole().content().tellsUsual());
        }

        /** By which the next one is told. */
        Base baseOf(int age) {
            if (base == null || whole == null) {
                return new Base(id, part.asBase());
            }
            if (age % BlockPart.STRIDE == 0) {
                return new Base(whole, part.base().whole());
            }
            return part.mayTell() ? new Base(id, part.asBase()) : new Base(base, part.base());
        }
    }

    static Optional<Stored> stored(Handle handle, long attempt, int part) {
        return handle.createQuery("SELECT b.id, b.bytes, b.base, t.bytes, t.base, w.bytes FROM block b "
                        + "LEFT JOIN block t ON t.id = b.base LEFT JOIN block w ON w.id = t.base WHERE b.id = :id")
                .bind("id", id(attempt, part))
                .map((row, context) -> {
                    Long base = row.getObject(3, Long.class);
                    Long further = row.getObject(5, Long.class);
                    BasePart whole = further == null ? null : new BasePart(row.getBytes(6), null);
                    return new Stored(
                            row.getLong(1),
                            new BlockPart(row.getBytes(2), base == null ? null : new BasePart(row.getBytes(4), whole)),
                            base,
                            further == null ? base : further);
                })
                .findOne();
    }

    private static void parts(Handle handle, long attempt, Consumer<BlockPart> each) {
        int part = 0;
        for (Optional<Stored> one = stored(handle, attempt, part);
                one.isPresent();
                one = stored(handle, attempt, part)) {
            each.accept(one.get().part());
            part++;
        }
    }
}
