package muster.orchestrator.doctor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import muster.orchestrator.config.Sizes;

/** Room in the home, and how its file system copies disks: by reference, sparse, or whole. Tried with a small file. */
record DiskCheck(Path home, Host host) implements Check {

    /** A base image, one prepared from it, and a few runs. */
    private static final long TOO_LITTLE = 3L << 30;

    private static final long LITTLE = 10L << 30;
    private static final long TRIED = 16L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Finding look() throws InterruptedException {
        try {
            Host.FileSystem system = host.fileSystem(home);
            Path place = Files.createTempDirectory(home, ".doctor");
            Path file = place.resolve("a");
            Path copy = place.resolve("b");
            try {
                try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
                    disk.setLength(TRIED);
                    disk.write(1);
                }
                boolean reflink = host.run(LIMIT, List.of("cp", "--reflink=always", file.toString(), copy.toString()))
                        .ok();
                return judge(system, reflink, isSparse(file));
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(file);
                Files.delete(place);
            }
        } catch (IOException failed) {
            return Finding.broken("cannot try the disk of " + home + ": " + failed, "name another home with --home");
        }
    }

    private boolean isSparse(Path file) throws InterruptedException {
        Host.Said blocks = host.run(LIMIT, List.of("stat", "-c", "%b", file.toString()));
        return blocks.ok() && blocks.output().matches("[0-9]+") && Long.parseLong(blocks.output()) * 512 < TRIED / 2;
    }

    private static Finding judge(Host.FileSystem system, boolean reflink, boolean sparse) {
        String copies = reflink ? "copied by reference" : sparse ? "kept and copied sparse" : "kept whole";
        String found = "%s, %s free; disks of guests are %s"
                .formatted(system.kind(), Sizes.format(system.usableBytes() >> 20 << 20), copies);
        if (system.usableBytes() < TOO_LITTLE) {
            return Finding.broken(
                    found + "; an image and a run need " + Sizes.format(TOO_LITTLE),
                    "muster images gc, or name a home on another disk with --home");
        }
        if (system.usableBytes() < LITTLE) {
            return Finding.degraded(found + "; that is little", "muster images gc");
        }
        return sparse
                ? Finding.fine(found)
                : Finding.degraded(
                        found + ", which takes their full size", "name a home on ext4, xfs or btrfs with --home");
    }
}
