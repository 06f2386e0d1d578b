package muster.images.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {

    @TempDir
    Path folder;

    @Test
    void kernelAndMemoryDiskAreTakenOutWithTheirVersion() throws IOException {
        Path tar = tar("./boot/config-6.1", "./boot/vmlinuz-6.1-cloud", "./boot/initrd.img-6.1-cloud", "./etc/passwd");
        assertThat(KernelFiles.extract(tar, folder)).isEqualTo("6.1-cloud");
        assertThat(folder.resolve("vmlinuz")).hasContent("./boot/vmlinuz-6.1-cloud");
        assertThat(folder.resolve("initrd.img")).hasContent("./boot/initrd.img-6.1-cloud");
    }

    @Test
    void twoKernelsAreRefused() throws IOException {
        Path tar = tar("boot/vmlinuz-6.1", "boot/vmlinuz-6.2", "boot/initrd.img-6.1");
        assertThatThrownBy(() -> KernelFiles.extract(tar, folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[6.1, 6.2]");
    }

    @Test
    void memoryDiskOfAnotherVersionIsRefused() throws IOException {
        Path tar = tar("boot/vmlinuz-6.1", "boot/initrd.img-6.2");
        assertThatThrownBy(() -> KernelFiles.extract(tar, folder)).isInstanceOf(IOException.class);
    }

    /** An archive of files that hold their own names. */
    private Path tar(String... names) throws IOException {
        Path tar = folder.resolve("root.tar");
        try (var out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            for (String name : names) {
                byte[] content = name.getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        return tar;
    }
}
