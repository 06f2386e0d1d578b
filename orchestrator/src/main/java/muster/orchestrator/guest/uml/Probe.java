package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Boots something tiny on a kernel, in the same sandbox and with the same devices as real guests: an initial RAM disk with
 * busybox, which brings up the network device and says so. Nothing less shows that guests can run here.
 *
 * @param seccomp as guests will run
 * @param limit the longest that it may take; a second is usual
 */
record Probe(boolean seccomp, Duration limit) {

    private static final String PASSED = "muster-probe-passed";
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long CONSOLE_BYTES = 256 * 1024;
    private static final Pattern VERSION = Pattern.compile("(?m)^Linux version (\\S+)");
    /** arch/x86/um/ and arch/um/ of Linux before 6.14 or so: the panic on hosts whose CPU saves AMX's state. */
    private static final Pattern AMX = Pattern.compile("ptrace set fp regs failed, errno = 14");

    /**
     * What came of it.
     *
     * @param passed whether guests can run
     * @param certain whether it would come out the same again, as far as can be known
     * @param kernelVersion the kernel's own version, empty when it never said it
     * @param why a sentence for people; empty when it passed
     */
    record Answer(boolean passed, boolean certain, String kernelVersion, String why) {}

    /** Boots {@code runtime} in {@code folder}, which is empty. Nothing runs when it returns. */
    Answer boot(UmlRuntime runtime, Path folder) throws FarmFailed, InterruptedException {
        Path disk = folder.resolve("probe.cpio");
        try {
            writeRamDisk(runtime, disk);
        } catch (IOException e) {
            throw new FarmFailed("cannot write the probe's disk: " + e.getMessage(), e);
        }
        KernelArguments arguments = KernelArguments.forProbe("/img/probe.cpio", seccomp);
        UmlSandbox sandbox = new UmlSandbox(
                runtime,
                folder,
                List.of(new UmlSandbox.Bind(disk, "/img/probe.cpio", false)),
                KernelArguments.SLIRP,
                arguments.words(),
                CONSOLE_BYTES);
        boolean ended;
        try {
            HostProcess first = sandbox.start();
            ended = Deadline.in(limit).await(PAUSE, () -> !first.isAlive());
        } finally {
            Leftovers.end(folder);
        }
        return judge(console(folder), ended, runtime.kernel());
    }

    /** What a probe's console tells. */
    Answer judge(String console, boolean ended, Path kernel) {
        Matcher version = VERSION.matcher(console);
        String kernelVersion = version.find() ? version.group(1) : "";
        if (AMX.matcher(console).find()) {
            return new Answer(
                    false,
                    true,
                    kernelVersion,
                    "the host's CPU has AMX and this User-Mode Linux is too old for it (%s, %s): its kernel says 'ptrace set fp regs failed, errno = 14'"
                            .formatted(kernel, kernelVersion));
        }
        if (console.contains(PASSED)) {
            return new Answer(true, true, kernelVersion, "");
        }
        String tail = console.isBlank() ? "(nothing)" : console.strip();
        return new Answer(
                false,
                false,
                kernelVersion,
                "%s %s; its console ends: %s"
                        .formatted(
                                kernel,
                                ended ? "did not boot" : "did not boot within " + limit.toSeconds() + " s",
                                tail.substring(Math.max(0, tail.length() - 600))));
    }

    private static String console(Path folder) throws FarmFailed {
        try {
            return Files.readString(UmlSandbox.console(folder), StandardCharsets.ISO_8859_1)
                    + Files.readString(UmlSandbox.log(folder), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new FarmFailed("cannot read the probe's console: " + e.getMessage(), e);
        }
    }

    private static void writeRamDisk(UmlRuntime runtime, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW)) {
            for (String folder : List.of("bin", "dev", "sys")) {
                CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, folder);
                entry.setMode(CpioConstants.C_ISDIR | 0755);
                cpio.putArchiveEntry(entry);
                cpio.closeArchiveEntry();
            }
            addProgram(cpio, "bin/busybox", Files.readAllBytes(runtime.busybox()));
            addProgram(cpio, "init", Resources.text("probe-init.sh").getBytes(StandardCharsets.UTF_8));
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
