package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The format of an attempt's block and of a case set. Both are rows of parts; a part is one zstd frame that can be read
 * without the others. Varint, zigzag and text are those of {@link ByteWriter}.
 *
 * <p>A part of a block holds up to 16,384 results, in the order of the attempt's case set:
 *
 * <pre>
 * byte     1, the version of this format
 * varint   n, how many results
 * varint   k, how many natures
 * k times  byte    verdict, a code of {@link VerdictCodes}
 *          varint  0 without a native code, else 1 + zigzag(native code)
 *          text    native word
 * n times  varint  nature, from 0
 * varint   u, nanoseconds in one unit of duration: the largest of 1,000,000,000, 1,000,000, 1,000 and 1 that divides all
 * n times  varint  0 without a duration, else 1 + zigzag(duration in units)
 * n times  zigzag  line of the journal, less that of the result before it in this part (0 before the first)
 * n times  varint  message, an id of table message; 0 for none
 * </pre>
 *
 * <p>Where an attempt of the same cases came before it in its lane, a part is mostly told by that one's: {@link BlockDelta}.
 *
 * <p>A part of a case set holds up to 16,384 cases, in the order of the journal:
 *
 * <pre>
 * byte     1, the version of this format
 * varint   n, how many cases
 * n times  zigzag  the case's number, less that of the case before it in this part (0 before the first), less 1
 * </pre>
 *
 * <p>Columns lie apart because each then repeats itself: a night in which all passes costs a byte or two a case for its
 * durations and next to nothing for the rest.
 */
final class BlockCodec {

    private static final int VERSION = 1;
    private static final int LEVEL = 3;
    private static final long[] UNITS = {1_000_000_000, 1_000_000, 1_000, 1};

    private BlockCodec() {}

    /** Takes the results of a part in their order. */
    @FunctionalInterface
    interface Each {
        void take(Nature nature, @Nullable Duration duration, long line, long message);
    }

    /** Takes the verdicts of a part in their order, as codes. */
    @FunctionalInterface
    interface EachVerdict {
        void take(byte verdict);
    }

    static byte[] encode(PartColumns columns) {
        ByteWriter out = new ByteWriter();
        out.put(VERSION);
        out.varint(columns.size);
        writeNatures(out, columns.natures());
        for (int i = 0; i < columns.size; i++) {
            out.varint(columns.nature[i]);
        }
        long unit = unit(columns);
        out.varint(unit);
        for (int i = 0; i < columns.size; i++) {
            long nanos = columns.nanos[i];
            out.varint(nanos == PartColumns.NO_DURATION ? 0 : 1 + zigzag(nanos / unit));
        }
        long before = 0;
        for (int i = 0; i < columns.size; i++) {
            out.zigzag(columns.line[i] - before);
            before = columns.line[i];
        }
        for (int i = 0; i < columns.size; i++) {
            out.varint(columns.message[i]);
        }
        return Zstd.compress(out.toBytes(), LEVEL);
    }

    static void decode(BlockPart part, Each each) {
        ByteReader in = open(part.content());
        int size = in.intVarint();
        List<Nature> natures = readNatures(in);
        int[] nature = new int[size];
        for (int i = 0; i < size; i++) {
            nature[i] = in.intVarint();
        }
        long unit = in.varint();
        long[] durations = new long[size];
        for (int i = 0; i < size; i++) {
            durations[i] = in.varint();
        }
        long[] lines = new long[size];
        long line = 0;
        for (int i = 0; i < size; i++) {
            line += in.zigzag();
            lines[i] = line;
        }
        for (int i = 0; i < size; i++) {
            each.take(natures.get(nature[i]), duration(durations[i], unit), lines[i], in.varint());
        }
    }

    /** Reads the verdicts alone, which is several times faster. */
    static void decodeVerdicts(BlockPart part, EachVerdict each) {
        ByteReader in = open(part.beginning());
        int size = in.intVarint();
        List<Nature> natures = readNatures(in);
        byte[] codes = new byte[natures.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = VerdictCodes.of(natures.get(i).verdict());
        }
        for (int i = 0; i < size; i++) {
            each.take(codes[in.intVarint()]);
        }
    }

    /** The parts of a case set. */
    static List<byte[]> encodeCases(int[] numbers, int size) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < size; from += PartColumns.MOST) {
            int to = Math.min(size, from + PartColumns.MOST);
            ByteWriter out = new ByteWriter();
            out.put(VERSION);
            out.varint(to - from);
            int before = 0;
            for (int i = from; i < to; i++) {
                out.zigzag((long) numbers[i] - before - 1);
                before = numbers[i];
            }
            parts.add(Zstd.compress(out.toBytes(), LEVEL));
        }
        return parts;
    }

    /** Reads one part of a case set into {@code numbers} from {@code at}; returns where the next part goes. */
    static int decodeCases(byte[] part, int[] numbers, int at) {
        ByteReader in = open(Zstd.decompress(part));
        int size = in.intVarint();
        int number = 0;
        for (int i = 0; i < size; i++) {
            number += (int) in.zigzag() + 1;
            numbers[at + i] = number;
        }
        return at + size;
    }

    private static ByteReader open(byte[] content) {
        ByteReader in = new ByteReader(content);
        refuseUnless(VERSION, in.take());
        return in;
    }

    static void refuseUnless(int known, int version) {
        if (version != known) {
            throw new IllegalStateException("cannot read a block of format " + version + ": this program knows format "
                    + known + "; use the newer Muster that wrote it");
        }
    }

    /** Reads a content up to its unit of duration; returns how many results it has. */
    static int skipToDurations(ByteReader in) {
        refuseUnless(VERSION, in.take());
        int size = in.intVarint();
        readNatures(in);
        for (int i = 0; i < size; i++) {
            in.varint();
        }
        return size;
    }

    private static void writeNatures(ByteWriter out, List<Nature> natures) {
        out.varint(natures.size());
        for (Nature nature : natures) {
            out.put(VerdictCodes.of(nature.verdict()));
            Integer code = nature.code();
            out.varint(code == null ? 0 : 1 + zigzag(code));
            out.text(nature.word());
        }
    }

    private static List<Nature> readNatures(ByteReader in) {
        int size = in.intVarint();
        List<Nature> natures = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Verdict verdict = VerdictCodes.verdict(in.take());
            long code = in.varint();
            natures.add(new Nature(verdict, in.text(), code == 0 ? null : (Integer) (int) unzigzag(code - 1)));
        }
        return natures;
    }

    private static long unit(PartColumns columns) {
        int unit = 0;
        for (int i = 0; i < columns.size; i++) {
            long nanos = columns.nanos[i];
            while (nanos != PartColumns.NO_DURATION && nanos % UNITS[unit] != 0) {
                unit++;
            }
        }
        return UNITS[unit];
    }

    private static @Nullable Duration duration(long stored, long unit) {
        return stored == 0 ? null : Duration.ofNanos(unzigzag(stored - 1) * unit);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
