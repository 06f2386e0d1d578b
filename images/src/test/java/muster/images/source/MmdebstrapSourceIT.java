package muster.images.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import muster.images.ImageSource;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import org.junit.jupiter.api.Test;

/** Builds Debian 12 from the mirror that this host uses, and looks into the disk. */
class MmdebstrapSourceIT extends ImageSourceContract {

    private final Tools tools = new Tools();
    private final ImageSource source = new MmdebstrapSource(Mirrors.of(Map.of()), tools, new Installing());

    @Override
    ImageSource source() {
        return source;
    }

    @Override
    Recipe recipe() {
        return recipe(
                List.of("openssh-server", "systemd-sysv", "udev", "dbus", "iproute2", "e2fsprogs", "usr-is-merged"));
    }

    @Override
    Recipe recipeOfUnknownPackage() {
        return recipe(List.of("no-such-package"));
    }

    @Test
    void fileSystemIsClean() throws Exception {
        Path log = built().resolve("e2fsck.log");
        assertThat(tools.run(new Tools.Call(List.of("e2fsck", "-f", "-n", "disk.raw"), built(), log)))
                .describedAs("%s", Tools.tail(log))
                .isZero();
    }

    @Test
    void seedAndReadyAreEnabled() throws Exception {
        assertThat(debugfs("stat /etc/systemd/system/sysinit.target.wants/muster-seed.service"))
                .contains("Type: symlink");
        assertThat(debugfs("stat /etc/systemd/system/multi-user.target.wants/muster-ready.service"))
                .contains("Type: symlink");
        assertThat(debugfs("stat /usr/lib/muster/seed"))
                .containsPattern("Mode: +0755")
                .containsPattern("User: +0 ");
    }

    @Test
    void noSecretIsInTheImage() throws Exception {
        assertThat(debugfs("ls -p /etc/ssh")).contains("sshd_config").doesNotContain("ssh_host_");
        assertThat(debugfs("stat /etc/machine-id")).containsPattern("Size: 0\\b");
        assertThat(debugfs("cat /etc/shadow")).containsPattern("(?m)^root:[*!]").containsPattern("(?m)^tester:[*!]");
    }

    @Test
    void testerHasAnAccountAndAHome() throws Exception {
        assertThat(debugfs("cat /etc/passwd")).containsPattern("(?m)^tester:x:1000:1000:[^:]*:/home/tester:/bin/sh$");
        assertThat(debugfs("stat /home/tester")).containsPattern("User: +1000 ");
    }

    @Test
    void nothingOfTheHostIsInTheImage() throws Exception {
        assertThat(debugfs("cat /etc/hostname")).endsWith("debian-12\n");
        assertThat(debugfs("cat /etc/hosts")).contains("127.0.1.1\tdebian-12\n");
        assertThat(debugfs("stat /etc/resolv.conf")).containsPattern("Size: 0\\b");
        assertThat(debugfs("cat /etc/apt/sources.list")).contains("deb http://deb.debian.org/debian bookworm main");
        assertThat(debugfs("ls -p /etc/apt/apt.conf.d")).doesNotContain("mmdebstrap");
        assertThat(debugfs("ls -p /etc/dpkg/dpkg.cfg.d")).doesNotContain("mmdebstrap");
    }

    @Test
    void aptsCachesAreEmpty() throws Exception {
        assertThat(debugfs("ls -p /var/cache/apt/archives")).doesNotContain(".deb");
        assertThat(debugfs("ls -p /var/lib/apt/lists")).doesNotContain("Packages");
    }

    @Test
    void programsAreInUsr() throws Exception {
        assertThat(debugfs("stat /bin")).contains("Type: symlink");
    }

    private String debugfs(String request) throws Exception {
        Path log = Files.createTempFile(built(), "debugfs", ".log");
        tools.runOrFail(
                "look into the disk", new Tools.Call(List.of("debugfs", "-R", request, "disk.raw"), built(), log));
        return Files.readString(log);
    }

    private static Recipe recipe(List<String> packages) {
        var archives = new ArrayList<Recipe.Archive>();
        archives.add(new Recipe.Archive(
                "http://deb.debian.org/debian", List.of("bookworm", "bookworm-updates"), List.of("main")));
        archives.add(new Recipe.Archive(
                "http://deb.debian.org/debian-security", List.of("bookworm-security"), List.of("main")));
        return new Recipe(
                "debian-12",
                "amd64",
                "Debian 12",
                new Recipe.Bootstrap(archives, true),
                packages,
                List.of(),
                "linux-image-cloud-amd64",
                3L << 30,
                List.of("uml", "qemu"),
                Recipe.Refresh.DAILY,
                List.of());
    }
}
