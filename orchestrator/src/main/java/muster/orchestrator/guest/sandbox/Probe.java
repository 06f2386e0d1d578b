package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.home.Folders;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Boots something tiny in the same sandbox and with the same devices as real guests: an initial RAM disk with busybox, whose
 * {@code init} says that all is well. Nothing less shows that guests can run here.
 *
 * @param tools of the sandbox
 * @param busybox a static one
 * @param init the RAM disk's first and only program, for busybox
 * @param limit the longest that it may take
 */
public record Probe(Tools tools, Path busybox, String init, Duration limit) {

    /** Where the RAM disk is, inside. */
    public static final String RAM_DISK = "/img/probe.cpio";

    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * How a boot went.
     *
     * @param console all that it said
     * @param ended whether it came to its end within the limit
     */
    public record Boot(String console, boolean ended, Duration limit) {}

    /** Boots what {@code guest} starts. Nothing runs and nothing is left when it returns. */
    public Boot boot(List<Sandbox.Bind> binds, List<String> guest) throws FarmFailed, InterruptedException {
        Path place = null;
        try {
            place = Files.createTempDirectory("muster-probe");
            return boot(SandboxFolder.of(place), binds, guest);
        } catch (IOException e) {
            throw new FarmFailed("cannot try whether guests run here: " + e.getMessage(), e);
        } finally {
            if (place != null) {
                Leftovers.end(place);
                Folders.delete(place);
            }
        }
    }

    private Boot boot(SandboxFolder folder, List<Sandbox.Bind> binds, List<String> guest)
            throws FarmFailed, IOException, InterruptedException {
        Path disk = folder.path().resolve("probe.cpio");
        writeRamDisk(disk);
        Files.createDirectory(folder.box());
        List<Sandbox.Bind> all = new ArrayList<>(binds);
        all.add(new Sandbox.Bind(disk, RAM_DISK, Sandbox.Access.READ));
        HostProcess first = new Sandbox(tools, folder, all, guest, Bounds.PROBE).start();
        boolean ended = Deadline.in(limit).await(PAUSE, () -> !first.isAlive());
        Leftovers.end(folder.path());
        return new Boot(text(folder.console()) + text(folder.log()), ended, limit);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private void writeRamDisk(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW)) {
            for (String folder : List.of("bin", "dev", "sys")) {
                CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, folder);
                entry.setMode(CpioConstants.C_ISDIR | 0755);
                cpio.putArchiveEntry(entry);
                cpio.closeArchiveEntry();
            }
            addProgram(cpio, "bin/busybox", Files.readAllBytes(busybox));
            addProgram(cpio, "init", init.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void addProgram(CpioArchiveOutputStream cpio, String name, byte[] content) throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.length);
        entry.setMode(CpioConstants.C_ISREG | 0755);
        cpio.putArchiveEntry(entry);
        cpio.write(content);
        cpio.closeArchiveEntry();
    }
}
