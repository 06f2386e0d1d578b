package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A part of a block by which others are told: whole, or told by one that is. What was read of it is kept while there is room,
 * since many parts are told by one. For one thread.
 */
final class BasePart {

    private final byte[] bytes;
    private final @Nullable BasePart base;
    private SoftReference<PartContent> content = new SoftReference<>(null);
    private PartContent.@Nullable Natures natures;

    /** @param base null where this one is whole; else one that is */
    BasePart(byte[] bytes, @Nullable BasePart base) {
        this.bytes = bytes;
        this.base = base;
    }

    boolean isWhole() {
        return base == null;
    }

    /** The one by which this one is told; itself, where it is whole. */
    BasePart whole() {
        return base == null ? this : base;
    }

    /** Of one that is whole. */
    byte[] unpacked() {
        return Zstd.decompress(bytes);
    }

    /** What others are told by: of one that is not whole, durations are those of its base, which say what is usual. */
    PartContent content() {
        PartContent held = content.get();
        if (held == null) {
            held = base == null ? BlockCodec.content(unpacked()) : BlockDelta.withoutDurations(bytes, base.content());
            content = new SoftReference<>(held);
        }
        return held;
    }

    /** The natures of {@link #content()} alone. */
    PartContent.Natures natures() {
        PartContent.Natures held = natures;
        if (held == null) {
            PartContent read = content.get();
            if (read != null) {
                held = read.natures();
            } else {
                held = base == null ? BlockCodec.natures(unpacked()) : BlockDelta.natures(bytes, base.natures());
            }
            natures = held;
        }
        return held;
    }
}
