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

    private static volatile String boot = "";

    private static final int STATE = 0;
    private static final int START_TIME = 19;

    /** The process that has this number now; empty when there is none, or only what is left of a dead one. */
    public static Optional<HostProcess> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String state = fields(stat)[STATE];
            return state.equals("Z") || state.equals("X") ? Optional.empty() : Optional.of(ofStat(stat));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The process that said this line of itself, from /proc/self/stat of this boot; it may have ended since. */
    public static HostProcess ofStat(String line) throws IOException {
        long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
        return new HostProcess(pid, Long.parseLong(fields(line)[START_TIME]), hostBoot());
    }

    /** The fields of a line of proc_pid_stat(5) behind the second, which is the program's name and may itself hold any character. */
    public static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
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

    /** Which boot of the host this is: the same for as long as this process lives. */
    public static String hostBoot() throws IOException {
        String known = boot;
        if (known.isEmpty()) {
            known = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            boot = known;
        }
        return known;
    }
}
