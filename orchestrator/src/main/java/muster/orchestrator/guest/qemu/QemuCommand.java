package muster.orchestrator.guest.qemu;

import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.LeanBoot;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.Sandbox;

/**
 * QEMU's command line inside a sandbox. Its words are in qemu-system-x86_64(1).
 *
 * @param options the driver's
 * @param accelerator what runs it
 */
record QemuCommand(QemuOptions options, Accelerator accelerator) {

    /** What runs guests of all {@link #ARCHITECTURES}. */
    static final String PROGRAM = "qemu-system-x86_64";

    /** Debian's words for the machines whose systems run on it. */
    static final List<String> ARCHITECTURES = List.of("amd64", "i386");

    /** The guest's address and its way out, as its seed disk says them; QEMU's user network gives these by default. */
    static final String NETWORK = "10.0.2.15/24 10.0.2.2";

    static final String KERNEL = "/img/vmlinuz";
    static final String INITRD = "/img/initrd.img";
    static final String DISK = "/img/disk.raw";
    static final String CLONE = "/box/clone.qcow2";
    static final String SEED = "/img/seed.img";
    static final String QMP = "/box/qmp.sock";

    /** Where the files of the guest's template are. */
    static final String TEMPLATE = "/template/";

    /** Where what gives a resumed guest its identity is spoken to, in the guest's box. */
    static final String RENEWAL = "renew.sock";

    private static final String MEMORY = "memory";

    /**
     * prctl(PR_SET_THP_DISABLE), for which no command is known. QEMU has translated code lie in pages of 2 MB; a resumed guest
     * fills ten of them in its first second, all of which the host has to find and to clear.
     */
    private static final List<String> SMALL_PAGES =
            List.of("perl", "-e", "syscall(157, 41, 1, 0, 0, 0) == 0 or warn $!; exec @ARGV or die $!");

    /** A guest's. What is resumed has the very machine that its template had. */
    List<String> forGuest(GuestSpec spec, Launch launch) {
        boolean cold = launch instanceof Launch.Cold;
        List<String> words =
                machine(spec.memoryBytes(), spec.cpus(), cold ? "" : ",memory-backend=" + MEMORY, spec.mirrors());
        if (!cold) {
            words.addAll(List.of("-object", memory(spec.memoryBytes(), launch instanceof Launch.Making)));
            words.addAll(List.of("-chardev", "socket,id=renewal,path=/box/" + RENEWAL + ",server=on,wait=off"));
            words.addAll(List.of("-serial", "chardev:renewal"));
        }
        words.addAll(kernel(KERNEL, INITRD, kernelWords(launch)));
        // What is thrown away with the guest need not reach the host's disk; what stays must. A disk error, for want of
        // space on the host say, is the guest's to see: by default QEMU would stop it without a word. A base image
        // never
        // changes; User-Mode Linux locks it in a way that QEMU would take for a writer's.
        words.addAll(drive(disk(spec, launch)));
        words.addAll(drive("file=" + SEED + ",format=raw,readonly=on"));
        if (launch instanceof Launch.Resumed) {
            words.addAll(List.of("-incoming", "defer"));
            words.addAll(0, accelerator == Accelerator.TCG ? SMALL_PAGES : List.of());
            words.addAll(0, List.of("sh", "-c", "exec \"$@\" 5<" + TEMPLATE + Template.STATE, "sh"));
        }
        return words;
    }

    /**
     * What QEMU may map beside the guest's memory: translated code, libraries and stacks, and for each of its threads what glibc
     * sets aside and hardly uses.
     */
    long addressBytesBeside(int cpus) {
        return options.translationBytes() + (2L << 30) + cpus * (256L << 20);
    }

    private static String disk(GuestSpec spec, Launch launch) {
        if (spec.writeThrough()) {
            return "file=" + DISK + ",format=raw,cache=writeback,discard=unmap,werror=report";
        }
        String template = TEMPLATE + Template.DISK;
        return switch (launch) {
            case Launch.Cold _ -> thrownAway(CLONE) + backing("backing.", "raw", DISK);
            case Launch.Making _ -> thrownAway(template) + backing("backing.", "raw", DISK);
            case Launch.Resumed _ ->
                thrownAway(CLONE) + backing("backing.", "qcow2", template) + backing("backing.backing.", "raw", DISK);
        };
    }

    private static String thrownAway(String overlay) {
        return "file=" + overlay + ",format=qcow2,cache=unsafe,discard=unmap,werror=report";
    }

    private static String backing(String which, String format, String file) {
        return ",%1$sdriver=%2$s,%1$sfile.driver=file,%1$sfile.filename=%3$s,%1$sfile.locking=off"
                .formatted(which, format, file);
    }

    /** Clones map what the template left: what they write is their own. QEMU before 8.2 opens it for writing all the same. */
    private static String memory(long bytes, boolean making) {
        return "memory-backend-file,id=%s,size=%dM,mem-path=%s,share=%s"
                .formatted(MEMORY, bytes >> 20, TEMPLATE + Template.MEMORY, making ? "on" : "off");
    }

    /** The probe's, which runs from an initial RAM disk. */
    List<String> forProbe(String kernel) {
        List<String> words = machine(128L << 20, 1, "", false);
        words.addAll(kernel(kernel, Probe.RAM_DISK, consoleWords()));
        return words;
    }

    /** The kernel's command line, one word each. */
    List<String> kernelWords(Launch launch) {
        List<String> words = new ArrayList<>(consoleWords());
        if (!(launch instanceof Launch.Cold)) {
            words.add("muster.renew=/dev/ttyS1");
        }
        words.addAll(List.of("root=/dev/vda", "rw", "muster.seed=/dev/vdb", "net.ifnames=0"));
        words.addAll(options.lean() ? LeanBoot.kernelWords(LeanBoot.MASKED) : List.of());
        return words;
    }

    /**
     * A panic ends the machine at once, by a reboot that QEMU takes for the end. An emulated timer on a busy host can
     * seem broken to the kernel, which then takes another and stalls: it is not to check.
     */
    private static List<String> consoleWords() {
        return List.of("console=ttyS0", "panic=-1", "no_timer_check");
    }

    /** @param toLoopback whether 10.0.2.2 leads to the sandbox's own loopback: there is no other network in a sandbox */
    private List<String> machine(long memoryBytes, int cpus, String memory, boolean toLoopback) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "-nodefaults", "-no-user-config", "-display", "none"));
        words.addAll(List.of("-no-reboot", "-sandbox"));
        words.add("on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        words.addAll(List.of("-machine", options.machine() + memory, "-cpu", options.cpu()));
        words.addAll(accelerator.options(options.translationBytes()));
        words.addAll(List.of("-m", (memoryBytes >> 20) + "M", "-smp", Integer.toString(cpus)));
        words.addAll(List.of("-chardev", "file,id=console,path=/dev/stdout", "-serial", "chardev:console"));
        words.addAll(List.of("-qmp", "unix:" + QMP + ",server=on,wait=off"));
        words.addAll(List.of(
                "-netdev",
                "user,id=net,restrict=" + (toLoopback ? "off" : "on") + ",hostfwd=tcp:" + Sandbox.SSH_INSIDE
                        + "-10.0.2.15:22"));
        words.addAll(List.of("-device", "virtio-net-pci,netdev=net,romfile="));
        words.addAll(List.of("-device", "virtio-rng-pci", "-device", "vmgenid,guid=auto"));
        return words;
    }

    private static List<String> kernel(String kernel, String ramDisk, List<String> commandLine) {
        return List.of("-kernel", kernel, "-initrd", ramDisk, "-append", String.join(" ", commandLine));
    }

    private static List<String> drive(String options) {
        return List.of("-drive", "if=virtio," + options);
    }
}
