package muster.orchestrator.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Sizes;

/** Whether the disk of a home has the room that it is to have. */
public final class DiskRoom {

    private final Disk disk;
    private final FarmConfig.Room least;

    /** A disk, in bytes. */
    public interface Disk {
        /** What this user may still write. */
        long free() throws IOException;

        long size() throws IOException;

        /** Never full. */
        Disk BOUNDLESS = new Disk() {
            @Override
            public long free() {
                return Long.MAX_VALUE;
            }

            @Override
            public long size() {
                return Long.MAX_VALUE;
            }
        };

        /** The one on which a folder lies; asked of the kernel, which knows it also where no list of mounts does. */
        static Disk of(Path folder) {
            return new Disk() {
                @Override
                public long free() {
                    return folder.toFile().getUsableSpace();
                }

                @Override
                public long size() throws IOException {
                    long size = folder.toFile().getTotalSpace();
                    if (size == 0) {
                        throw new IOException("the kernel does not tell of the disk of " + folder);
                    }
                    return size;
                }
            };
        }
    }

    /**
     * How it stands, in bytes.
     *
     * @param least what is to be free
     */
    public record Now(long free, long size, long least) {

        public boolean isShort() {
            return free < least;
        }
    }

    public DiskRoom(Disk disk, FarmConfig.Room least) {
        this.disk = disk;
        this.least = least;
    }

    public Now now() {
        try {
            long size = disk.size();
            return new Now(disk.free(), size, least.bytesOf(size));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell how much room the disk of the home has", unreadable);
        }
    }

    /** Why nothing new begins, a few words; empty where there is room. */
    public Optional<String> lack() {
        Now now = now();
        return now.isShort()
                ? Optional.of("the disk of the home has " + Sizes.format(now.free()) + " left, and is to have "
                        + Sizes.format(now.least()) + " (disk.least in farm.yaml)")
                : Optional.empty();
    }
}
