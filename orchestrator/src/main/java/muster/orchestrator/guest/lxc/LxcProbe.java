package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.sandbox.Leftovers;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import muster.orchestrator.guest.sandbox.Resources;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import muster.orchestrator.home.Folders;

/**
 * Starts a container as real guests are started, from a disk that has nothing but a script; its programs are the host's. What
 * guests need of a kernel, of LXC and of cgroups is all in it.
 */
final class LxcProbe {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Cgroups.Ceilings CEILINGS = new Cgroups.Ceilings(64L << 20, 64, 1);
    private static final Map<String, String> LINKS =
            Map.of("bin", "usr/bin", "sbin", "usr/sbin", "lib", "usr/lib", "lib64", "usr/lib64");

    /** How it went. Nothing runs and nothing is left when it returns. */
    ProbeAnswer run() throws FarmFailed, InterruptedException {
        Path place = null;
        try {
            place = Files.createTempDirectory("muster-probe");
            return run(SandboxFolder.of(place));
        } catch (IOException e) {
            throw new FarmFailed("cannot try whether containers run here: " + e.getMessage(), e);
        } finally {
            if (place != null) {
                Folders.delete(place);
            }
        }
    }

    private ProbeAnswer run(SandboxFolder folder) throws FarmFailed, IOException, InterruptedException {
        Identity identity = Identity.of(folder.path());
        Files.createDirectory(folder.box());
        Files.createFile(folder.seed());
        List<String> config = new ArrayList<>(ContainerConfig.lines(identity, "probe", "/init"));
        config.add("lxc.mount.entry = /usr usr none bind,ro 0 0");
        Files.write(folder.box().resolve("lxc.conf"), config);
        Files.write(folder.box().resolve("calls"), ContainerConfig.calls());
        Traces traces = new Traces(Cgroups.here(identity.name()), List.of(folder.path()));
        try {
            traces.cgroups().make(CEILINGS);
            Container container = new Container(
                    folder,
                    new Container.Disk(disk(folder.path()), false, LxcOptions.DEFAULTS.diskBytes()),
                    identity,
                    traces.cgroups().doors(),
                    LxcOptions.DEFAULTS.consoleBytes());
            HostProcess first = container.start();
            boolean ended = Deadline.in(LIMIT).await(PAUSE, () -> !first.isAlive());
            return ProbeAnswer.of(
                    new Probe.Boot(Files.readString(folder.console(), StandardCharsets.ISO_8859_1), ended, LIMIT),
                    "a container with nothing but a script");
        } finally {
            Leftovers.end(folder.path());
            traces.remove();
        }
    }

    private static Path disk(Path folder) throws IOException, FarmFailed, InterruptedException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        for (String empty : List.of("usr", "proc", "sys", "dev")) {
            Files.createDirectory(tree.resolve(empty));
        }
        for (Map.Entry<String, String> link : LINKS.entrySet()) {
            Files.createSymbolicLink(tree.resolve(link.getKey()), Path.of(link.getValue()));
        }
        Path init = Files.writeString(tree.resolve("init"), Resources.text(LxcProbe.class, "probe-init.sh"));
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path disk = folder.resolve("probe.raw");
        Path log = folder.resolve("mke2fs.log");
        int status = new ProcessBuilder("mke2fs", "-q", "-t", "ext4", "-d", tree.toString(), disk.toString(), "8M")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new FarmFailed("cannot try whether containers run here: mke2fs failed: " + Files.readString(log));
        }
        return disk;
    }
}
