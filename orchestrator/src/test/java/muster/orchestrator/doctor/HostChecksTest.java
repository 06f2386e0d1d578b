package muster.orchestrator.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.images.Mirrors;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.Drivers;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostChecksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private final ScriptedHost host = new ScriptedHost();

    @Test
    void missingProgramsAreNamedWithTheCommandThatInstallsThem() throws Exception {
        host.programs.addAll(Set.of("fakeroot", "arch-test", "tar", "mke2fs"));
        Finding finding =
                new ProgramsCheck("image building", "images", Standing.BROKEN, HostPackages.read(ROOT), host).look();
        assertThat(finding.standing()).isEqualTo(Standing.BROKEN);
        assertThat(finding.sentence()).isEqualTo("not here: mmdebstrap, debian-archive-keyring.gpg");
        assertThat(finding.mend())
                .isEqualTo("apt-get install --no-install-recommends -y debian-archive-keyring mmdebstrap");
        host.programs.addAll(Set.of("mmdebstrap", "/usr/share/keyrings/debian-archive-keyring.gpg"));
        assertThat(new ProgramsCheck("image building", "images", Standing.BROKEN, HostPackages.read(ROOT), host)
                        .look()
                        .standing())
                .isEqualTo(Standing.FINE);
    }

    @Test
    void aLineOfHostPackagesThatLacksAWordIsNotPassedOver() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("host-packages"), "# said\nbwrap bubblewrap\n");
        assertThatThrownBy(() -> HostPackages.read(folder)).hasMessageContaining("saw 'bwrap bubblewrap'");
    }

    @Test
    void anOrdinaryUserWithoutSubordinateIdsIsGivenARangeThatIsFree() {
        host.files.put("/etc/subuid", "other:100000:65536\njo:165536:1000\n");
        host.files.put("/etc/subgid", "other:100000:65536\nbroken line\n");
        Finding finding = new SubordinateIdsCheck(host).look();
        assertThat(finding.standing()).isEqualTo(Standing.BROKEN);
        assertThat(finding.mend()).contains("usermod --add-subuids 166536-232071 --add-subgids 166536-232071 jo");
        host.files.put("/etc/subuid", "jo:165536:65536\n");
        assertThat(new SubordinateIdsCheck(host).look().sentence())
                .contains("/etc/subgid")
                .doesNotContain("/etc/subuid and");
        host.files.put("/etc/subgid", "jo:165536:65536\n");
        assertThat(new SubordinateIdsCheck(host).look().standing()).isEqualTo(Standing.FINE);
    }

    @Test
    void rootNeedsNoSubordinateIds() {
        host.user = "root";
        assertThat(new SubordinateIdsCheck(host).look().standing()).isEqualTo(Standing.FINE);
    }

    @Test
    void forbiddenNamespacesComeWithTheSettingThatForbidsThem() throws Exception {
        host.programs.add("bwrap");
        host.answers.put("bwrap", new Host.Said(1, "bwrap: setting up uid map: Permission denied\nmore"));
        host.files.put("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
        Finding finding = new NamespacesCheck(host).look();
        assertThat(finding.standing()).isEqualTo(Standing.BROKEN);
        assertThat(finding.sentence()).endsWith("Permission denied");
        assertThat(finding.mend()).isEqualTo("as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        host.files.clear();
        assertThat(new NamespacesCheck(host).look().mend()).contains("seccomp=unconfined");
        host.answers.clear();
        assertThat(new NamespacesCheck(host).look().standing()).isEqualTo(Standing.FINE);
    }

    @Test
    void aPathTooLongForSocketsIsBroken() {
        Path longest = Path.of("/" + "h".repeat(56));
        assertThat(new HomeCheck(Path.of(longest + "h")).look().sentence()).contains("has 58 bytes", "it may have 57");
        assertThat(new HomeCheck(longest).look().sentence()).doesNotContain("bytes");
    }

    @Test
    void aHomeThatOthersMayReadIsDegraded() throws IOException {
        Path home = Files.createDirectory(Path.of("/tmp").resolve("home" + System.nanoTime()));
        try {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(new HomeCheck(home).look().mend()).isEqualTo("chmod 700 " + home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            assertThat(new HomeCheck(home).look().standing()).isEqualTo(Standing.FINE);
        } finally {
            Files.delete(home);
        }
    }

    @Test
    void littleRoomAndWholeCopiesAreTold() throws Exception {
        host.answers.put("stat", new Host.Said(0, "8"));
        host.answers.put("cp", new Host.Said(1, "Operation not supported"));
        assertThat(new DiskCheck(folder, host).look().sentence())
                .isEqualTo("ext4, 100G free; disks of guests are kept and copied sparse");
        host.answers.put("stat", new Host.Said(0, "32768"));
        assertThat(new DiskCheck(folder, host).look().standing()).isEqualTo(Standing.DEGRADED);
        host.answers.remove("cp");
        assertThat(new DiskCheck(folder, host).look().sentence()).contains("copied by reference");
        host.fileSystem = new Host.FileSystem("tmpfs", 1 << 30);
        assertThat(new DiskCheck(folder, host).look().standing()).isEqualTo(Standing.BROKEN);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anArchiveOutOfReachIsWorseWhereThereAreNoImages() throws Exception {
        Mirrors mirrors = Mirrors.of(Map.of("http://up.example/debian", "http://near.example/deb"), folder, true);
        MirrorCheck check = new MirrorCheck("http://up.example/debian", "bookworm", mirrors, Standing.DEGRADED, host);
        assertThat(check.look().sentence()).isEqualTo("reached: http://near.example/deb, for http://up.example/debian");
        assertThat(host.fetched).containsExactly(URI.create("http://near.example/deb/dists/bookworm/InRelease"));
        host.unreachable = "no route";
        assertThat(check.look().standing()).isEqualTo(Standing.DEGRADED);
        assertThat(check.look().sentence()).contains("cannot reach http://near.example/deb", "no route");
        assertThat(new MirrorCheck("http://up.example/debian", "sid", mirrors, Standing.BROKEN, host)
                        .look()
                        .sentence())
                .contains("none can be built");
    }

    @Test
    void aHostTooSmallForOneGuestIsBroken() throws Exception {
        FarmConfig farm = new Installation(ROOT, folder, Set.of(), Set.of("uml", "qemu")).farm();
        assertThat(new CapacityCheck(farm, new HostCapacity(8L << 30, 4)).look().sentence())
                .isEqualTo("4 processors, 8G of memory available; guests may use 6.0 processors and 6G together:"
                        + " 12 guests of 512M");
        assertThat(new CapacityCheck(farm, new HostCapacity(512L << 20, 4))
                        .look()
                        .standing())
                .isEqualTo(Standing.BROKEN);
    }

    @Test
    void aMistakeInTheHomesFarmFileIsAFindingWithItsPlace() throws Exception {
        Files.writeString(folder.resolve("farm.yaml"), "memroy: 1G\n");
        Finding finding =
                new ConfigurationCheck(new Installation(ROOT, folder, Set.of("toybox"), GuestDrivers.names())).look();
        assertThat(finding.standing()).isEqualTo(Standing.BROKEN);
        assertThat(finding.sentence()).contains("farm.yaml:1:1: unknown key 'memroy'", "did you mean 'memory'?");
    }

    @Test
    void aRuntimeWithoutCompilerIsEnoughToRunButNotToBuild() {
        Path java = Path.of("/opt/jre");
        JavaCheck check = new JavaCheck(Runtime.Version.parse("25.0.1"), java, host);
        assertThat(check.look().standing()).isEqualTo(Standing.DEGRADED);
        host.programs.add("/opt/jre/bin/javac");
        assertThat(check.look().sentence()).isEqualTo("Java 25.0.1 in /opt/jre");
        host.programs.remove("/opt/jre/bin/javac");
        host.programs.add("/opt/program/muster.jar");
        assertThat(check.look().sentence()).endsWith("which this installation brought along");
    }

    @Test
    void packagesAreInstalledAfterAnUpdateWhereTheListsAreOld() throws Exception {
        host.user = "root";
        host.programs.add("apt-get");
        host.answers.put("install", new Host.Said(100, "E: Unable to locate package socat"));
        String why = Packages.install(host, new TreeSet<>(List.of("socat")));
        assertThat(why).contains("cannot install socat", "Unable to locate");
        assertThat(host.ran).hasSize(3).satisfies(ran -> assertThat(ran.get(1)).endsWith("update"));
        host.answers.clear();
        assertThat(Packages.install(host, new TreeSet<>(List.of("socat")))).isEmpty();
        host.user = "jo";
        assertThat(Packages.install(host, new TreeSet<>(List.of("socat"))))
                .contains("only root may; as root: apt-get install");
    }

    @Test
    void whatDriversNeedIsWhatTheLauncherCanInstall() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        HostPackages.read(ROOT).lines().forEach(line -> listed.put(line.program(), line.inPackage()));
        FarmConfig farm = new Installation(ROOT, folder, Set.of(), GuestDrivers.names()).farm();
        Home home = Home.open(folder.resolve("home"));
        for (GuestDriver driver :
                Drivers.of(farm, home, Mirrors.of(Map.of()), Clock.systemUTC()).values()) {
            assertThat(driver.requirements())
                    .isNotEmpty()
                    .allSatisfy(one ->
                            assertThat(listed).as(driver.name()).containsEntry(one.program(), one.debianPackage()));
        }
    }
}
