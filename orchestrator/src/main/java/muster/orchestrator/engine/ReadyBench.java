package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import muster.images.BaseImage;
import muster.images.DiskClone;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.Booted;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.Folders;
import muster.orchestrator.run.GuestEnded;
import muster.testsuites.GuestShell;

/** Measures how long a pristine guest takes from clone to its first SSH command, the same way as cells get theirs. */
public final class ReadyBench {

    private final Farm farm;
    private final BaseImage image;
    private final String driver;
    private final Cell.Shape shape;
    private final Duration limit;

    ReadyBench(Farm farm, BaseImage image, String driver, Cell.Shape shape, Duration limit) {
        this.farm = farm;
        this.image = image;
        this.driver = driver;
        this.shape = shape;
        this.limit = limit;
    }

    /** One guest, begun and ended; returns what it took until the first command was answered. */
    public Duration measure() throws FarmFailed, GuestEnded, IOException, InterruptedException {
        Files.createDirectories(farm.home().preparing());
        Path folder = Files.createTempDirectory(farm.home().preparing(), "b");
        long from = System.nanoTime();
        try (DiskClone _ = farm.images().clone(image, folder);
                Booted guest = farm.boots()
                        .boot(new Boots.Order(
                                "bench ready", driver, image, image.disk(), false, shape, limit, folder))) {
            GuestShell.Answer answer = guest.shell().run("true", limit);
            if (!answer.ok()) {
                throw new IOException("cannot measure: the first command came to " + answer);
            }
            return Duration.ofNanos(System.nanoTime() - from);
        } finally {
            Folders.delete(folder);
        }
    }
}
