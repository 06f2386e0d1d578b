package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import muster.images.BaseImage;
import muster.images.DiskClone;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.Booted;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.GuestEnded;
import muster.orchestrator.run.WarmPool;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell;
import org.jspecify.annotations.Nullable;

/** Pristine guests to measure, made the same way as cells get theirs. */
public final class BenchGuests {

    private static final Duration AHEAD_BEAT = Duration.ofMillis(20);

    private final Farm farm;
    private final FarmKey key;
    private final BaseImage image;
    private final GuestDriver driver;
    private final Cell.Shape shape;
    private final Duration limit;

    /**
     * @param limit how long one may take until it answers
     */
    public BenchGuests(Farm farm, FarmKey key, BaseImage image, GuestDriver driver, Cell.Shape shape, Duration limit) {
        this.farm = farm;
        this.key = key;
        this.image = image;
        this.driver = driver;
        this.shape = shape;
        this.limit = limit;
    }

    /** The memory that each is given, in bytes. */
    public long memoryBytes() {
        return shape.memoryBytes();
    }

    /** A folder for what a measurement needs on the host, thrown away with the farm's other unfinished things. */
    Path folder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(farm.home().preparing()), "b");
    }

    FarmKey key() {
        return key;
    }

    /** One more connection to a guest. */
    SshShell connect(BenchGuest guest) throws IOException, InterruptedException {
        return SshShell.connect(
                guest.guest(), guest.seed(), key, farm.clock().instant().plus(limit), farm.clock());
    }

    /** The same as {@link #boot}, of a guest that is to be resumed: one that was booted is no measurement. */
    BenchGuest bootResumed(String label) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        BenchGuest guest = boot(label);
        if (guest.guest().provenance().containsKey(Templating.TEMPLATE)) {
            return guest;
        }
        guest.close();
        throw new IOException("cannot measure: the guest was not resumed; the log says why");
    }

    /** Brings one up and runs its first command. */
    BenchGuest boot(String label) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        WatchedDriver watched = new WatchedDriver(driver);
        Boots boots = new Boots(Map.of(driver.name(), watched), key, farm.capacity(), farm.clock());
        Path folder = folder();
        boolean ready = false;
        @Nullable DiskClone clone = null;
        @Nullable Booted booted = null;
        try {
            long from = System.nanoTime();
            clone = farm.images().clone(image, folder);
            booted =
                    boots.boot(new Boots.Order(label, driver.name(), image, image.disk(), false, shape, limit, folder));
            long connectedAt = System.nanoTime();
            GuestShell.Answer answer = booted.shell().run("true", limit);
            long answeredAt = System.nanoTime();
            if (!answer.ok()) {
                throw new IOException("cannot measure: the first command came to " + answer);
            }
            ready = true;
            SequencedMap<String, Duration> steps = new LinkedHashMap<>();
            steps.put("clone", Duration.ofNanos(watched.startFrom() - from));
            steps.put("start", Duration.ofNanos(watched.startedAt() - watched.startFrom()));
            steps.put("boot until SSH is up", Duration.ofNanos(watched.readyAt() - watched.startedAt()));
            steps.put("connect and check identity", Duration.ofNanos(connectedAt - watched.readyAt()));
            steps.put("first command", Duration.ofNanos(answeredAt - connectedAt));
            return new BenchGuest(
                    folder, clone, booted, watched.last().seed(), steps, Duration.ofNanos(answeredAt - from));
        } finally {
            if (!ready) {
                close(booted, clone, folder);
            }
        }
    }

    /**
     * Has the farm boot one ahead, as for an attempt that is to come, and then claims it as that attempt does.
     *
     * @return from the claim to the first command's answer, in seconds
     */
    double claimSeconds(String label) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        Path folder = folder();
        Boots.Order order = new Boots.Order(label, driver.name(), image, image.disk(), false, shape, limit, folder);
        Capacity.Need need = new Capacity.Need(label, shape.memoryBytes(), 1, 0);
        @Nullable DiskClone clone = null;
        @Nullable Booted booted = null;
        try {
            clone = farm.images().clone(image, folder);
            farm.boots().foresee(List.of(new WarmPool.Foreseen(order, need)));
            if (!Deadline.in(limit).await(AHEAD_BEAT, () -> farm.boots().readyAhead() > 0)) {
                throw new IOException("cannot measure: no guest was booted ahead; see pool: in farm.yaml, and the log");
            }
            farm.boots().foresee(List.of());
            long from = System.nanoTime();
            booted = farm.boots().boot(order);
            GuestShell.Answer answer = booted.shell().run("true", limit);
            double seconds = (System.nanoTime() - from) / 1e9;
            if (!answer.ok() || !booted.guest().provenance().containsKey("guest.pooled")) {
                throw new IOException("cannot measure: the guest was not the one booted ahead, or answered " + answer);
            }
            return seconds;
        } finally {
            farm.boots().foresee(List.of());
            close(booted, clone, folder);
        }
    }

    private static void close(@Nullable Booted booted, @Nullable DiskClone clone, Path folder) {
        if (booted != null) {
            booted.close();
        }
        if (clone != null) {
            clone.close();
        }
        Folders.delete(folder);
    }

    /**
     * One of them. Closing it leaves nothing of it.
     *
     * @param seed its identity
     * @param steps what its coming up consisted of, one after the other
     * @param ready from clone to the first command's answer
     */
    record BenchGuest(
            Path folder, DiskClone disk, Booted booted, Seed seed, SequencedMap<String, Duration> steps, Duration ready)
            implements AutoCloseable {

        Guest guest() {
            return booted.guest();
        }

        SshShell shell() {
            return booted.shell();
        }

        @Override
        public void close() {
            BenchGuests.close(booted, disk, folder);
        }
    }
}
