package muster.images.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import muster.images.ImageSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes a distribution's kernel out of its root archive, where it lies in {@code /boot} with its version in its name. */
final class KernelFiles {

    private static final String KERNEL = "boot/vmlinuz-";
    private static final String INITRD = "boot/initrd.img-";

    private KernelFiles() {}

    /**
     * Writes {@link ImageSource#KERNEL} and {@link ImageSource#INITRD} into a folder.
     *
     * @return the kernel's version, e.g. {@code 6.1.0-56-cloud-amd64}
     * @throws IOException when the archive is damaged or does not hold exactly one of each, of the same version
     */
    static String extract(Path tar, Path folder) throws IOException {
        Set<String> kernels = new TreeSet<>();
        Set<String> initrds = new TreeSet<>();
        try (var in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName().replaceFirst("^\\./", "");
                if (entry.isFile() && name.startsWith(KERNEL) && kernels.add(name.substring(KERNEL.length()))) {
                    Files.write(folder.resolve(ImageSource.KERNEL), in.readAllBytes());
                } else if (entry.isFile() && name.startsWith(INITRD) && initrds.add(name.substring(INITRD.length()))) {
                    Files.write(folder.resolve(ImageSource.INITRD), in.readAllBytes());
                }
            }
        }
        if (kernels.size() != 1 || !kernels.equals(initrds)) {
            throw new IOException("/boot has kernels " + kernels + " and initial memory disks " + initrds
                    + ", where one of each of the same version is needed");
        }
        return kernels.iterator().next();
    }
}
