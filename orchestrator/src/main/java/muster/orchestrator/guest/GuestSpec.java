package muster.orchestrator.guest;

import java.nio.file.Path;
import muster.images.BaseImage;

/**
 * What a guest is made from.
 *
 * @param label shown in messages and as the guest's name on the host: a cell's key, or what else it is for
 * @param image what it boots from
 * @param writeThrough false for a clone, thrown away with the guest; true to change {@link #disk} itself, which is how
 *     prepared images are made
 * @param disk the disk that is booted: the image's own, or a copy of it that may be written
 * @param folder the guest's own folder, empty, with a short path
 * @param memoryBytes its memory, in bytes
 * @param cpus its processors; a driver that knows only one refuses more
 * @param seed the identity that it is given at boot
 * @param mirrors whether it reaches the farm's package mirrors; without {@code internet} it reaches nothing else
 * @param internet whether it also reaches what is neither this host nor of its networks; only with {@code mirrors}
 */
public record GuestSpec(
        String label,
        BaseImage image,
        boolean writeThrough,
        Path disk,
        Path folder,
        long memoryBytes,
        int cpus,
        Seed seed,
        boolean mirrors,
        boolean internet) {

    /** One that reaches nothing. */
    public GuestSpec(
            String label,
            BaseImage image,
            boolean writeThrough,
            Path disk,
            Path folder,
            long memoryBytes,
            int cpus,
            Seed seed) {
        this(label, image, writeThrough, disk, folder, memoryBytes, cpus, seed, false, false);
    }

    /** The same, with the farm's package mirrors within reach. */
    public GuestSpec withMirrors() {
        return new GuestSpec(label, image, writeThrough, disk, folder, memoryBytes, cpus, seed, true, false);
    }

    /** The same, with the internet too. */
    public GuestSpec withInternet() {
        return new GuestSpec(label, image, writeThrough, disk, folder, memoryBytes, cpus, seed, true, true);
    }
}
