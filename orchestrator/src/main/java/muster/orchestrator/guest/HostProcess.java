package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this host for all time: its number alone is given again to others.
 *
 * @param pid its number
 * @param startTicks when it started, in clock ticks since the host booted: field 22 of proc_pid_stat(5)
 * @param bootId which boot of the host: /proc/sys/kernel/random/boot_id
 */
public record HostProcess(long pid, long startTicks, String bootId) {

    private static final int STATE = 0;
    private static final int START_TIME = 19;

    /** The process that has this number now; empty when there is none, or only what is left of a dead one. */
    public static Optional<HostProcess> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name in parentheses, and may itself hold any character.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new HostProcess(pid, Long.parseLong(fields[START_TIME]), hostBoot()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether it runs. A zombie is dead. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Kills it, unless it is gone already. */
    public void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static String hostBoot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
