package muster.orchestrator.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import muster.orchestrator.guest.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmKeyTest {

    @TempDir
    private Path folder;

    @Test
    void isMadeOnceAndReadableByItsOwnerAlone() throws Exception {
        FarmKey made = FarmKey.open(folder.resolve("keys"));
        assertThat(FarmKey.open(folder.resolve("keys"))).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys/farm_ed25519"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whoeverOpensAtOnceGetsTheSameKey() throws Exception {
        Set<FarmKey> keys = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<Future<FarmKey>> opening = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                opening.add(threads.submit(() -> FarmKey.open(folder.resolve("keys"))));
            }
            for (Future<FarmKey> future : opening) {
                keys.add(future.get());
            }
        }
        assertThat(keys).hasSize(1);
    }

    @Test
    void everySeedHasAHostKeyOfItsOwnAndLetsTheFarmIn() throws Exception {
        FarmKey key = FarmKey.open(folder.resolve("keys"));
        Seed one = key.newSeed("one", "00");
        Seed two = key.newSeed("two", "01");
        assertThat(one.hostKey()).isNotEqualTo(two.hostKey()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
        assertThat(one.hostKeyPublic()).startsWith("ssh-ed25519 ").doesNotContain("\n");
        assertThat(one.authorizedKey()).isEqualTo(two.authorizedKey()).startsWith("ssh-ed25519 ");
    }
}
