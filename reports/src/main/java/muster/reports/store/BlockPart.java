package muster.reports.store;

import org.jspecify.annotations.Nullable;

/** A part of a block as it is stored: whole, or told by the same part of another block. */
final class BlockPart {

    /** Each of so many that are told by a whole one is told by that itself; those up to the next one are told by it. */
    static final int STRIDE = 8;

    private final byte[] bytes;
    private final BasePart base;
    private final boolean isWhole;

    /** @param base null where this one is whole */
    BlockPart(byte[] bytes, @Nullable BasePart base) {
        this.bytes = bytes;
        this.base = base == null ? new BasePart(bytes, null) : base;
        isWhole = base == null;
    }

    PartContent content() {
        if (isWhole) {
            return base.content();
        }
        return EarlierDelta.is(bytes)
                ? EarlierDelta.content(bytes, base.unpacked())
                : BlockDelta.content(bytes, base.content());
    }

    /** The natures of {@link #content()} alone. */
    PartContent.Natures natures() {
        if (isWhole) {
            return base.natures();
        }
        return EarlierDelta.is(bytes)
                ? EarlierDelta.natures(bytes, base.unpacked())
                : BlockDelta.natures(bytes, base.natures());
    }

    /** The messages of {@link #content()} alone. */
    long[] messages() {
        return isWhole || EarlierDelta.is(bytes) ? content().messages() : BlockDelta.messages(bytes, base.content());
    }

    /** The part by which this one is told; itself, where it is whole. */
    BasePart base() {
        return base;
    }

    /** Whether others may be told by this one: no part is read with more than two others. */
    boolean mayTell() {
        return isWhole || (base.isWhole() && age() % STRIDE == 0 && !EarlierDelta.is(bytes));
    }

    /** Itself, to tell others. */
    BasePart asBase() {
        return isWhole ? base : new BasePart(bytes, base);
    }

    /** How many blocks one after another, this one among them, are told by the same whole one; 0 where it is whole. */
    int age() {
        return isWhole ? 0 : BlockDelta.age(bytes);
    }
}
