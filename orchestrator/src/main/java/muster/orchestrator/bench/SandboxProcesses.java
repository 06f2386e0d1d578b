package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.guest.HostProcess;

/**
 * The processes of one guest on this host: those that have its folder on their command line, those that see it as a mount,
 * as all have that run in its sandbox, and those that any of them started, as a container's programs.
 *
 * @param all in no order
 */
record SandboxProcesses(List<HostProcess> all) {

    /** The line of proc_pid_smaps(5) that gives a shared page in equal parts to all that have it. */
    private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");

    static SandboxProcesses of(Path folder) throws IOException {
        Set<Long> found = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (names(process.resolve("cmdline"), folder) || names(process.resolve("mountinfo"), folder)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    found.add(pid);
                    ProcessHandle.of(pid).stream()
                            .flatMap(ProcessHandle::descendants)
                            .forEach(below -> found.add(below.pid()));
                }
            }
        }
        return new SandboxProcesses(
                found.stream().flatMap(pid -> HostProcess.of(pid).stream()).toList());
    }

    /** The memory that they have, in bytes: what they share with others counted in part. */
    long memoryBytes() throws IOException {
        long sum = 0;
        for (HostProcess process : all) {
            Optional<String> rollup = text(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
            Matcher share = SHARE.matcher(rollup.orElse(""));
            if (share.find()) {
                sum += Long.parseLong(share.group(1)) << 10;
            } else if (process.isAlive()) {
                throw new IOException("cannot tell the memory of process " + process.pid()
                        + ": its smaps_rollup is not to be read; measure as the user who runs the guests, or as root");
            }
        }
        return sum;
    }

    /** The processor time that they took since they began; what has ended is not in it. */
    Duration cpuTime() {
        return all.stream()
                .filter(HostProcess::isAlive)
                .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean names(Path file, Path folder) {
        return text(file).filter(all -> all.contains(folder.toString())).isPresent();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException goneOrNotOurs) {
            return Optional.empty();
        }
    }
}
