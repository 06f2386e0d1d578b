package muster.reports.store;

import com.github.luben.zstd.Zstd;
import org.jspecify.annotations.Nullable;

/** A part of a block as it is stored: whole, or told by the same part of another block, which is whole. */
final class BlockPart {

    private final byte[] bytes;
    private final byte @Nullable [] base;

    BlockPart(byte[] bytes, byte @Nullable [] base) {
        this.bytes = bytes;
        this.base = base;
    }

    /** What {@link BlockCodec} tells of, unpacked. */
    byte[] content() {
        byte[] by = base;
        return by == null ? Zstd.decompress(bytes) : BlockDelta.content(bytes, Zstd.decompress(by));
    }

    /** The same up to the natures of its results; what follows may be anything. */
    byte[] beginning() {
        byte[] by = base;
        return by == null ? Zstd.decompress(bytes) : BlockDelta.differing(bytes, Zstd.decompress(by));
    }

    /** The whole part by which this one is told; itself, where it is whole. */
    byte[] whole() {
        byte[] by = base;
        return by == null ? bytes : by;
    }

    /** How many blocks one after another, this one among them, are told by the same one; 0 where it is whole. */
    int age() {
        return base == null ? 0 : BlockDelta.age(bytes);
    }
}
