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
 * <p>Where an attempt of the same cases came before it in its lane, a part is mostly told by that one's: {@link BlockDelta}. For
 * those that are told by it, a whole part may say how long its cases usually took, since one night alone tells less than the mean
 * of some: then it has version 4 and, behind the rest,
 *
 * <pre>
 * n times  zigzag  the usual duration less the case's own, in units; a case without a duration counts as 0
 * </pre>
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
    private static final int WITH_USUAL = 4;
    private static final int LEVEL = 3;
    private static final int SLOW_LEVEL = 19;
    static final long[] UNITS = {1_000_000_000, 1_000_000, 1_000, 1};

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

    /** Takes the durations of a part in their order, in nanoseconds; {@link PartColumns#NO_DURATION} where the journal does not say. */
    @FunctionalInterface
    interface EachDuration {
        void take(long nanos);
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
        PartContent content = part.content();
        for (int i = 0; i < content.size(); i++) {
            each.take(
                    content.nature(i),
                    duration(content.durations()[i], content.unit()),
                    content.lines()[i],
                    content.messages()[i]);
        }
    }

    /** Reads the verdicts alone, which is several times faster. */
    static void decodeVerdicts(BlockPart part, EachVerdict each) {
        PartContent.Natures natures = part.natures();
        byte[] codes = new byte[natures.list().size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = VerdictCodes.of(natures.list().get(i).verdict());
        }
        for (int nature : natures.each()) {
            each.take(codes[nature]);
        }
    }

    static void decodeDurations(BlockPart part, EachDuration each) {
        PartContent content = part.content();
        for (long stored : content.durations()) {
            each.take(stored == 0 ? PartColumns.NO_DURATION : units(stored) * content.unit());
        }
    }

    /** A whole part that also says how long its cases usually took, in its unit. */
    static byte[] withUsual(byte[] part, long[] usual) {
        byte[] unpacked = Zstd.decompress(part);
        long[] own = content(unpacked).durations();
        ByteWriter out = new ByteWriter();
        out.put(WITH_USUAL);
        out.bytes(unpacked, 1, unpacked.length);
        for (int i = 0; i < own.length; i++) {
            out.zigzag(usual[i] - units(own[i]));
        }
        return Zstd.compress(out.toBytes(), SLOW_LEVEL);
    }

    /** What a whole part tells of, unpacked. */
    static PartContent content(byte[] unpacked) {
        ByteReader in = openWhole(unpacked);
        PartContent.Natures natures = natures(in);
        int size = natures.each().length;
        long unit = in.varint();
        long[] durations = varints(in, size);
        long[] lines = new long[size];
        long line = 0;
        for (int i = 0; i < size; i++) {
            line += in.zigzag();
            lines[i] = line;
        }
        PartContent content = new PartContent(natures, unit, durations, lines, varints(in, size));
        if (unpacked[0] != WITH_USUAL) {
            return content;
        }
        long[] usual = new long[size];
        for (int i = 0; i < size; i++) {
            usual[i] = units(durations[i]) + in.zigzag();
        }
        return content.withUsual(usual);
    }

    /** Of a stored duration; 0 without one. */
    static long units(long stored) {
        return stored == 0 ? 0 : unzigzag(stored - 1);
    }

    /** The same, its natures alone. */
    static PartContent.Natures natures(byte[] unpacked) {
        return natures(openWhole(unpacked));
    }

    private static PartContent.Natures natures(ByteReader in) {
        int size = in.intVarint();
        List<Nature> natures = readNatures(in);
        int[] each = new int[size];
        for (int i = 0; i < size; i++) {
            each[i] = in.intVarint();
        }
        return new PartContent.Natures(natures, each);
    }

    private static long[] varints(ByteReader in, int size) {
        long[] numbers = new long[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = in.varint();
        }
        return numbers;
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

    private static ByteReader openWhole(byte[] content) {
        ByteReader in = new ByteReader(content);
        int version = in.take();
        if (version != WITH_USUAL) {
            refuseUnless(VERSION, version);
        }
        return in;
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

    /** Reads a content up to its unit of duration. */
    static void skipToDurations(ByteReader in) {
        refuseUnless(VERSION, in.take());
        natures(in);
    }

    static void writeNatures(ByteWriter out, List<Nature> natures) {
        out.varint(natures.size());
        for (Nature nature : natures) {
            out.put(VerdictCodes.of(nature.verdict()));
            Integer code = nature.code();
            out.varint(code == null ? 0 : 1 + zigzag(code));
            out.text(nature.word());
        }
    }

    static List<Nature> readNatures(ByteReader in) {
        int size = in.intVarint();
        List<Nature> natures = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Verdict verdict = VerdictCodes.verdict(in.take());
            long code = in.varint();
            natures.add(new Nature(verdict, in.text(), code == 0 ? null : (Integer) (int) unzigzag(code - 1)));
        }
        return natures;
    }

    /** Of {@link #UNITS}. */
    static int unitIndex(long unit) {
        int index = 0;
        while (UNITS[index] != unit) {
            index++;
        }
        return index;
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

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
