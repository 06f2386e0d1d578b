package muster.reports.store;

import com.github.luben.zstd.Zstd;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/** A whole part of a block. What was read of it is kept while there is room, since many parts are told by one. For one thread. */
final class WholePart {

    private final byte[] bytes;
    private SoftReference<PartContent> content = new SoftReference<>(null);
    private PartContent.@Nullable Natures natures;

    WholePart(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] unpacked() {
        return Zstd.decompress(bytes);
    }

    PartContent content() {
        PartContent held = content.get();
        if (held == null) {
            held = BlockCodec.content(unpacked());
            content = new SoftReference<>(held);
        }
        return held;
    }

    /** The natures of {@link #content()} alone. */
    PartContent.Natures natures() {
        PartContent.Natures held = natures;
        if (held == null) {
            PartContent read = content.get();
            held = read == null ? BlockCodec.natures(unpacked()) : read.natures();
            natures = held;
        }
        return held;
    }
}
