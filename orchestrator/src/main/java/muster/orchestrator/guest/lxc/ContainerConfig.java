package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import muster.orchestrator.guest.LeanBoot;

/** What LXC is told of a container, by lxc.container.conf(5). Paths are those that {@code lxc.sh} makes. */
final class ContainerConfig {

    /** The seed disk, as the guest sees it: the image's seed script looks there. */
    static final String SEED = "/dev/muster-seed";

    /** A folder in the box, with what its cgroups counted when it ended. */
    static final String LAST_COUNTS = "counts";

    static final String INIT = "/sbin/init";

    private static final Path CALLS = Path.of("/usr/share/lxc/config/common.seccomp");

    /** Units that need a kernel, hardware or terminals of their own. */
    static final List<String> MASKED = Stream.concat(
                    LeanBoot.MASKED_WITHOUT_MODULES.stream(),
                    Stream.of("console-getty.service", "systemd-remount-fs.service", "systemd-journald-audit.socket"))
            .toList();

    private ContainerConfig() {}

    /** The words after init's name: systemd takes them where a machine's would be its kernel's. */
    static List<String> initWords() {
        List<String> words = new ArrayList<>(LeanBoot.kernelWords(MASKED));
        words.add("muster.seed=" + SEED);
        return words;
    }

    /** The lines of a guest. */
    static List<String> ofGuest(Identity identity, String hostname) {
        return lines(identity, hostname, INIT + " " + String.join(" ", initWords()));
    }

    /**
     * The lines of any container.
     *
     * @param init its first program and that one's arguments
     */
    static List<String> lines(Identity identity, String hostname, String init) {
        String ids = " 0 " + identity.firstId() + " " + Identity.IDS;
        List<String> lines = new ArrayList<>(ofAll());
        lines.addAll(List.of(
                "lxc.uts.name = " + hostname, "lxc.idmap = u" + ids, "lxc.idmap = g" + ids, "lxc.init.cmd = " + init));
        return lines;
    }

    /** The lines in which containers do not differ. */
    static List<String> ofAll() {
        return List.of(
                "lxc.rootfs.path = dir:/var/lib/lxc/root",
                "lxc.environment = TERM=dumb",
                // A host short of memory ends guests before anything else. The host's programs in which a guest lives
                // share its ceiling of memory: when that is reached it is the guest's that go, and none of these.
                "lxc.proc.oom_score_adj = 500",
                // No interface but lo, in a network space that is the container's own.
                "lxc.net.0.type = empty",
                "lxc.mount.auto = proc:mixed sys:mixed",
                // Version 2 alone, whatever the host has: newer systemd knows no other.
                "lxc.mount.entry = cgroup sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0",
                "lxc.mount.entry = /var/lib/lxc/seed " + SEED.substring(1) + " none bind,ro,create=file 0 0",
                "lxc.autodev = 1",
                "lxc.tty.max = 0",
                "lxc.pty.max = 1024",
                "lxc.console.logfile = /var/lib/lxc/console",
                "lxc.cap.drop = mac_admin mac_override sys_time sys_module sys_rawio syslog wake_alarm",
                "lxc.seccomp.profile = /var/lib/lxc/box/calls",
                "lxc.apparmor.profile = generated",
                "lxc.apparmor.allow_nesting = 1",
                "lxc.hook.version = 1",
                // A container that reboots would be started again: its second start fails here.
                "lxc.hook.pre-start = /bin/mkdir /var/lib/lxc/started",
                // In version 1 a container's cgroup alone counts what was killed in it, and LXC removes that.
                "lxc.hook.stop = /bin/sh -c 'PATH=/bin; mkdir LAST && cp COUNTED LAST 2>/dev/null; :'"
                        .replace("LAST", "/var/lib/lxc/box/" + LAST_COUNTS)
                        .replace("COUNTED", "/sys/fs/cgroup/*/muster/$LXC_NAME/lxc.payload.*/memory.oom_control"),
                // All is made, and the guest's first program is next.
                "lxc.hook.start-host = /bin/echo init $LXC_PID >/var/lib/lxc/events");
    }

    /** System calls that are refused: those of LXC's own list, and the kernel's log, which is the host's. */
    static List<String> calls() throws IOException {
        List<String> calls = new ArrayList<>(Files.readAllLines(CALLS));
        calls.add("syslog errno 1");
        return calls;
    }
}
