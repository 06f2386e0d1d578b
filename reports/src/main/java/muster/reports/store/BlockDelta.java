package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The format of a part that is told by another, its base: the same part of an earlier attempt of the same cases. Most of it
 * is as it was, and a case takes about as long as it took. Content is what {@link BlockCodec} tells of, unpacked.
 *
 * <pre>
 * byte     2, the version of this format
 * varint   age: 1 for the first that is told by its base, one more than the attempt's before it for each other
 * varint   l, how many bytes of low bits
 * l bytes  the low bits of each case, one behind the other, from the lowest bit of a byte on
 * the rest one zstd frame, with the base's content as its dictionary: the content, in which {@code n times varint} of the
 *          durations is
 *            byte          s
 *            n times       byte high bits, below 255; or 255 and varint, the high bits less 255
 * </pre>
 *
 * <p>The bits are those of zigzag(x - y): x is 0 without a duration, else 1 + the duration in units, y the same of the base's
 * case. The lowest k of them are low, k being the number of bits in y less s, or 0. What is above is mostly small and packs
 * well, what is below does not.
 */
final class BlockDelta {

    private static final int VERSION = 2;
    private static final int LEVEL = 9;
    private static final int MOST_BITS_ABOVE = 12;
    private static final int ESCAPE = 255;

    private BlockDelta() {}

    /** A content, and where its durations stand in it. */
    private static final class Durations {
        final long unit;
        final int from;
        final int to;
        final long[] values;

        private Durations(long unit, int from, int to, long[] values) {
            this.unit = unit;
            this.from = from;
            this.to = to;
            this.values = values;
        }

        /** Those of a content; null where a duration is below 0. */
        static @Nullable Durations of(byte[] content) {
            ByteReader in = new ByteReader(content);
            int size = BlockCodec.skipToDurations(in);
            long unit = in.varint();
            int from = in.at();
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                long stored = in.varint();
                if (stored != 0 && (stored & 1) == 0) {
                    return null;
                }
                values[i] = (stored + 1) >>> 1;
            }
            return new Durations(unit, from, in.at(), values);
        }
    }

    /**
     * A part with this content, told by its base.
     *
     * @param age from 1
     * @return null where it cannot be told so
     */
    static byte @Nullable [] encode(byte[] content, byte[] base, int age) {
        Durations own = Durations.of(content);
        Durations its = Durations.of(base);
        if (own == null || its == null || own.unit != its.unit || own.values.length != its.values.length) {
            return null;
        }
        int above = bitsAbove(own.values, its.values);
        ByteWriter differing = new ByteWriter();
        differing.bytes(content, 0, own.from);
        differing.put(above);
        BitWriter low = new BitWriter();
        for (int i = 0; i < own.values.length; i++) {
            long difference = zigzag(own.values[i] - its.values[i]);
            int bits = lowBits(its.values[i], above);
            low.put(difference, bits);
            long high = difference >>> bits;
            differing.put((int) Math.min(high, ESCAPE));
            if (high >= ESCAPE) {
                differing.varint(high - ESCAPE);
            }
        }
        differing.bytes(content, own.to, content.length);
        byte[] lowBytes = low.toBytes();
        byte[] frame = Zstd.compressUsingDict(differing.toBytes(), base, LEVEL);
        ByteWriter out = new ByteWriter();
        out.put(VERSION);
        out.varint(age);
        out.varint(lowBytes.length);
        out.bytes(lowBytes, 0, lowBytes.length);
        out.bytes(frame, 0, frame.length);
        return out.toBytes();
    }

    /** Of the numbers of bits that may be told above the low ones, the one that takes the least room. */
    private static int bitsAbove(long[] own, long[] its) {
        int best = 0;
        double least = Double.MAX_VALUE;
        int[] counts = new int[ESCAPE + 1];
        for (int above = 0; above <= MOST_BITS_ABOVE; above++) {
            Arrays.fill(counts, 0);
            double room = 0;
            for (int i = 0; i < own.length; i++) {
                int bits = lowBits(its[i], above);
                room += bits;
                counts[(int) Math.min(zigzag(own[i] - its[i]) >>> bits, ESCAPE)]++;
            }
            for (int count : counts) {
                room += count == 0 ? 0 : count * Math.log((double) own.length / count) / Math.log(2);
            }
            room += 2.0 * Long.SIZE * counts[ESCAPE];
            if (room < least) {
                least = room;
                best = above;
            }
        }
        return best;
    }

    private static int lowBits(long base, int above) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(base) - above);
    }

    static int age(byte[] part) {
        return open(part).intVarint();
    }

    /** The content of a part that is told by this base. */
    static byte[] content(byte[] part, byte[] base) {
        byte[] differing = differing(part, base);
        Durations its = Durations.of(base);
        if (its == null) {
            throw new IllegalStateException(
                    "cannot read a block that is told by another: that one has durations below 0");
        }
        ByteReader lows = open(part);
        lows.varint();
        lows.varint();
        BitReader low = new BitReader(part, lows.at());
        ByteReader in = new ByteReader(differing);
        int size = BlockCodec.skipToDurations(in);
        in.varint();
        ByteWriter out = new ByteWriter();
        out.bytes(differing, 0, in.at());
        int above = in.take();
        for (int i = 0; i < size; i++) {
            long high = in.take();
            high = high == ESCAPE ? high + in.varint() : high;
            int bits = lowBits(its.values[i], above);
            long value = its.values[i] + unzigzag(high << bits | low.take(bits));
            out.varint(value == 0 ? 0 : 2 * value - 1);
        }
        out.bytes(differing, in.at(), differing.length);
        return out.toBytes();
    }

    /** What is packed by the base: the content, but for its durations. */
    static byte[] differing(byte[] part, byte[] base) {
        ByteReader in = open(part);
        in.varint();
        int low = in.intVarint();
        byte[] frame = Arrays.copyOfRange(part, in.at() + low, part.length);
        return Zstd.decompress(frame, base, Math.toIntExact(Zstd.getFrameContentSize(frame)));
    }

    private static ByteReader open(byte[] part) {
        ByteReader in = new ByteReader(part);
        BlockCodec.refuseUnless(VERSION, in.take());
        return in;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
