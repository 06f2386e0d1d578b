package muster.orchestrator.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianFetchTest {

    @Test
    void versionsAreReadFromArchiveNames(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(
                folder.resolve("packages.txt"),
                "busybox-static_1%3a1.38.0-3+b1_amd64.deb\npartial\nuser-mode-linux_7.2um1_amd64.deb\n");
        assertThat(DebianFetch.packages(list))
                .containsEntry("busybox-static", "1:1.38.0-3+b1")
                .containsEntry("user-mode-linux", "7.2um1")
                .hasSize(2);
    }
}
