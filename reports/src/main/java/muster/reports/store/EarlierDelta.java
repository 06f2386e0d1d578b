package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;

/**
 * Reads the parts that stores of schema version 10 wrote where {@link BlockDelta} writes today.
 *
 * <pre>
 * byte     2, the version of this format
 * varint   age, as today
 * varint   l, how many bytes of low bits
 * l bytes  the low bits of each case, one behind the other, from the lowest bit of a byte on
 * the rest one zstd frame, with the base's content as its dictionary: the content, in which {@code n times varint} of the
 *          durations is
 *            byte          s
 *            n times       byte high bits, below 255; or 255 and varint, the high bits less 255
 * </pre>
 *
 * <p>The bits are those of zigzag(x - y): x is 0 without a duration, else 1 + the duration in units, y the same of the base's
 * case. The lowest k of them are low, k being the number of bits in y less s, or 0.
 */
final class EarlierDelta {

    private static final int VERSION = 2;
    private static final int ESCAPE = 255;

    private EarlierDelta() {}

    static boolean is(byte[] part) {
        return part.length > 0 && part[0] == VERSION;
    }

    static PartContent.Natures natures(byte[] part, byte[] base) {
        return BlockCodec.natures(differing(part, base));
    }

    /** The content of a part that is told by a base with this one. */
    static PartContent content(byte[] part, byte[] base) {
        PartContent its = BlockCodec.content(base);
        byte[] differing = differing(part, base);
        ByteReader in = new ByteReader(differing);
        BlockCodec.skipToDurations(in);
        in.varint();
        ByteWriter whole = new ByteWriter();
        whole.bytes(differing, 0, in.at());
        int above = in.take();
        ByteReader lows = new ByteReader(part);
        lows.take();
        lows.varint();
        lows.varint();
        long at = (long) lows.at() * Byte.SIZE;
        for (long stored : its.durations()) {
            long usual = (stored + 1) >>> 1;
            long high = in.take();
            high = high == ESCAPE ? high + in.varint() : high;
            int bits = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(usual) - above);
            long low = 0;
            for (int bit = 0; bit < bits; bit++, at++) {
                low |= (long) (part[(int) (at >>> 3)] >>> (at & 7) & 1) << bit;
            }
            long value = usual + BlockCodec.unzigzag(high << bits | low);
            whole.varint(value == 0 ? 0 : 2 * value - 1);
        }
        whole.bytes(differing, in.at(), differing.length);
        return BlockCodec.content(whole.toBytes());
    }

    private static byte[] differing(byte[] part, byte[] base) {
        ByteReader in = new ByteReader(part);
        in.take();
        in.varint();
        int low = in.intVarint();
        byte[] frame = Arrays.copyOfRange(part, in.at() + low, part.length);
        return Zstd.decompress(frame, base, Math.toIntExact(Zstd.getFrameContentSize(frame)));
    }
}
