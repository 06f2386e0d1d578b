package muster.reports.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of a part that is told by another, its base: the same part of an earlier attempt of the same cases. Most of it
 * is as it was, and a case takes about as long as it took.
 *
 * <pre>
 * byte     5, the version of this format
 * varint   age: 1 for the first that is told by a whole part, one more than the attempt's before it for each other
 * varint   k, how many natures the base has not
 * k times  a nature, as in {@link BlockCodec}; they are numbered behind those of the base
 * byte     the unit of duration: 0 seconds, 1 milliseconds, 2 microseconds, 3 nanoseconds
 * byte     how durations spread, as {@link DurationOdds} takes it
 * the rest decisions of a {@link BitCoder}, numbers as in {@link NumberOdds}, of these columns one behind the other:
 *          nature   differing; each the nature's number, with odds by the base's nature
 *          message  of each case with another nature than the base's whether it has none, with odds by its nature, and if not,
 *                   which; then, of the others, differing from the base's. Each is 0 and the id, or 1 + its place among the
 *                   base's messages, ordered and each once
 *          line     differing, each less that of the result before it; each the zigzag of the difference to the base's
 *          known    differing: whether there is a duration
 *          duration of each case that has one, its difference to the base's in units: how much, and unless that is 0
 *                   whether it is less
 * </pre>
 *
 * <p>Of a column that is told as differing, there is whether none differs; unless that is so, the number of cases up to the next one that differs, then what that one
 * has instead, and so on; a number that leads to the end ends the column.
 *
 * <p>Version 3 has no such decision before a column; its messages are one column, differing from the base's where the nature is
 * the base's, else from 0.
 */
final class BlockDelta {

    private static final int VERSION = 5;
    private static final int EARLIER = 3;

    private BlockDelta() {}

    /**
     * A part with this content, told by its base.
     *
     * @param age from 1
     * @return null where it cannot be told so: the base has another number of cases
     */
    static byte @Nullable [] encode(PartContent own, PartContent base, int age) {
        if (own.size() != base.size()) {
            return null;
        }
        List<Nature> natures = new ArrayList<>(base.natures().list());
        int[] each = new int[own.size()];
        for (int i = 0; i < each.length; i++) {
            int index = natures.indexOf(own.nature(i));
            if (index < 0) {
                index = natures.size();
                natures.add(own.nature(i));
            }
            each[i] = index;
        }
        PartContent same = own.with(new PartContent.Natures(natures, each));
        int spread = DurationOdds.spread(same, base);
        ByteWriter out = new ByteWriter();
        out.put(VERSION);
        out.varint(age);
        BlockCodec.writeNatures(out, natures.subList(base.natures().list().size(), natures.size()));
        out.put(BlockCodec.unitIndex(own.unit()));
        out.put(spread);
        BitWriter bits = new BitWriter();
        DeltaColumns columns = new DeltaColumns(bits, own.size(), true);
        columns.natures(same.natures(), base.natures());
        columns.messages(same, base);
        columns.others(same, base, spread);
        byte[] packed = bits.toBytes();
        out.bytes(packed, 0, packed.length);
        return out.toBytes();
    }

    /** Of either format. */
    static int age(byte[] part) {
        ByteReader in = EarlierDelta.is(part) ? new ByteReader(part) : open(part);
        if (EarlierDelta.is(part)) {
            in.take();
        }
        return in.intVarint();
    }

    /** The content of a part that is told by this base. */
    static PartContent content(byte[] part, PartContent base) {
        Begun begun = begin(part, base.natures());
        PartContent content = begun.withMessages(base);
        begun.columns().others(content, base, begun.spread());
        return content;
    }

    /** The same with its base's durations in place of its own. */
    static PartContent withoutDurations(byte[] part, PartContent base) {
        Begun begun = begin(part, base.natures());
        PartContent content = begun.withMessages(base);
        begun.columns().lines(content.lines(), base.lines());
        return base.with(content.natures(), content.lines(), content.messages());
    }

    /** Its messages alone, which is several times faster. */
    static long[] messages(byte[] part, PartContent base) {
        return begin(part, base.natures()).withMessages(base).messages();
    }

    /** Its natures alone. */
    static PartContent.Natures natures(byte[] part, PartContent.Natures base) {
        return begin(part, base).natures();
    }

    private record Begun(PartContent.Natures natures, long unit, int spread, DeltaColumns columns) {

        PartContent withMessages(PartContent base) {
            int size = base.size();
            PartContent content = new PartContent(natures, unit, new long[size], new long[size], new long[size]);
            columns.messages(content, base);
            return content;
        }
    }

    private static Begun begin(byte[] part, PartContent.Natures base) {
        ByteReader in = open(part);
        in.varint();
        List<Nature> list = new ArrayList<>(base.list());
        list.addAll(BlockCodec.readNatures(in));
        long unit = BlockCodec.UNITS[in.take()];
        int spread = in.take();
        PartContent.Natures natures = new PartContent.Natures(list, new int[base.each().length]);
        DeltaColumns columns = new DeltaColumns(new BitReader(part, in.at()), base.each().length, part[0] == VERSION);
        columns.natures(natures, base);
        return new Begun(natures, unit, spread, columns);
    }

    private static ByteReader open(byte[] part) {
        ByteReader in = new ByteReader(part);
        int version = in.take();
        if (version != EARLIER) {
            BlockCodec.refuseUnless(VERSION, version);
        }
        return in;
    }
}
