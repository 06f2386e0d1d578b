package muster.images;

import java.nio.file.Path;

/**
 * An immutable bootable image. Its folder is never touched or moved while a clone uses it: UML's copy-on-write disks
 * record their base's path and time.
 *
 * @param name {@code DISTRIBUTION-} and the first twelve hex digits of the disk's digest; also the folder's name
 * @param folder holds {@code disk.raw}, {@code manifest.json}, for a base image {@code root.tar.zst}, and with a kernel of
 *     the distribution's own {@code vmlinuz} and {@code initrd.img}
 * @param manifest what it holds
 */
public record BaseImage(String name, Path folder, Manifest manifest) {

    /** The whole disk, raw and sparse, one ext4 file system without partitions. */
    public Path disk() {
        return folder.resolve("disk.raw");
    }

    /** The root file system as a zstd-compressed tar, for containers. */
    public Path rootArchive() {
        return folder.resolve("root.tar.zst");
    }

    /** The distribution's own kernel; there only where the manifest names its version. */
    public Path kernel() {
        return folder.resolve(ImageSource.KERNEL);
    }

    /** The kernel's initial memory disk, with which it finds the root file system on a virtio disk; there like the kernel. */
    public Path initrd() {
        return folder.resolve(ImageSource.INITRD);
    }
}
