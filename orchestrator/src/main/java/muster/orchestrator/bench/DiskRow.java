package muster.orchestrator.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.guest.qemu.Overlay;
import muster.orchestrator.home.Folders;

/** The clone of a large disk beside that of a small one. */
final class DiskRow implements GuestRow {

    private static final long SMALL = 2L << 30;
    private static final long LARGE = 20L << 30;
    private static final double TARGET = 1.1;
    private static final int CLONES = 5;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String title() {
        return "how long the clone of a 20 GB disk takes on qemu, beside that of one of 2 GB";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(place.farm().farm().home().preparing()), "b");
        try {
            Path small = disk(folder.resolve("small.raw"), SMALL);
            Path large = disk(folder.resolve("large.raw"), LARGE);
            List<Double> smalls = new ArrayList<>();
            List<Double> larges = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                double ofSmall = 0;
                double ofLarge = 0;
                for (int i = 0; i < CLONES; i++) {
                    ofSmall += seconds(small, folder.resolve("clone"));
                    ofLarge += seconds(large, folder.resolve("clone"));
                }
                smalls.add(ofSmall / CLONES);
                larges.add(ofLarge / CLONES);
                shares.add(ofLarge / ofSmall);
            }
            doing.accept("disk: " + rounds + " rounds are done");
            return List.of(
                    new Figures("clone of a 2 GB disk", "s", smalls),
                    new Figures("clone of a 20 GB disk", "s", larges),
                    new Figures("clone of a 20 GB disk / of a 2 GB disk", "", shares).atMost(TARGET));
        } finally {
            Folders.delete(folder);
        }
    }

    private static double seconds(Path disk, Path clone) throws Exception {
        Stopwatch watch = new Stopwatch();
        Overlay.make(Files.size(disk), disk.toString(), "raw", clone);
        double seconds = watch.seconds();
        Files.delete(clone);
        return seconds;
    }

    private static Path disk(Path file, long bytes) throws IOException {
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(bytes);
        }
        return file;
    }
}
