package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedDiskTest {

    private static final Seed SEED = new Seed("guest", "PRIVATE\n", "ssh-ed25519 AA", "ssh-ed25519 BB", "0f");

    @TempDir
    private Path folder;

    @Test
    void isATarThatAnyTarReads() throws Exception {
        Path disk = folder.resolve("seed.img");
        SeedDisk.write(SEED, "10.0.2.15/24 10.0.2.2", Instant.EPOCH, disk);
        assertThat(output("tar", "-tf", disk.toString()).lines())
                .containsExactly(
                        "hostname",
                        "ssh_host_ed25519_key",
                        "ssh_host_ed25519_key.pub",
                        "authorized_keys",
                        "nonce",
                        "network");
        assertThat(output("tar", "-xOf", disk.toString(), "network")).isEqualTo("10.0.2.15/24 10.0.2.2\n");
        assertThat(output("tar", "-xOf", disk.toString(), "ssh_host_ed25519_key"))
                .isEqualTo("PRIVATE\n");
    }

    @Test
    void isWholeBlocksAndForItsOwnerAlone() throws Exception {
        Path disk = folder.resolve("seed.img");
        SeedDisk.write(SEED, null, Instant.EPOCH, disk);
        assertThat(Files.size(disk) % 512).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disk)))
                .isEqualTo("rw-------");
        assertThat(output("tar", "-tf", disk.toString())).doesNotContain("network");
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
