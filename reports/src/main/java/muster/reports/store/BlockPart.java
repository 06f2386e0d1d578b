package muster.reports.store;

import org.jspecify.annotations.Nullable;

/** A part of a block as it is stored: whole, or told by the same part of another block, which is whole. */
final class BlockPart {

    private final byte[] bytes;
    private final WholePart whole;
    private final boolean isWhole;

    /** @param base null where this one is whole */
    BlockPart(byte[] bytes, @Nullable WholePart base) {
        this.bytes = bytes;
        whole = base == null ? new WholePart(bytes) : base;
        isWhole = base == null;
    }

    PartContent content() {
        if (isWhole) {
            return whole.content();
        }
        return EarlierDelta.is(bytes)
                ? EarlierDelta.content(bytes, whole.unpacked())
                : BlockDelta.content(bytes, whole.content());
    }

    /** The natures of {@link #content()} alone. */
    PartContent.Natures natures() {
        if (isWhole) {
            return whole.natures();
        }
        return EarlierDelta.is(bytes)
                ? EarlierDelta.natures(bytes, whole.unpacked())
                : BlockDelta.natures(bytes, whole.natures());
    }

    /** The messages of {@link #content()} alone. */
    long[] messages() {
        return isWhole || EarlierDelta.is(bytes) ? content().messages() : BlockDelta.messages(bytes, whole.content());
    }

    /** The part by which this one is told; itself, where it is whole. */
    WholePart whole() {
        return whole;
    }

    /** How many blocks one after another, this one among them, are told by the same one; 0 where it is whole. */
    int age() {
        return isWhole ? 0 : BlockDelta.age(bytes);
    }
}
