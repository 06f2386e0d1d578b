package muster.orchestrator.guest.uml;

import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.LeanBoot;
import muster.orchestrator.guest.sandbox.Resources;
import muster.orchestrator.guest.sandbox.Sandbox;

/**
 * The kernel's command line. UML's own words are in its documentation, Documentation/virt/uml/user_mode_linux_howto_v2.rst.
 *
 * @param words one argument each
 */
record KernelArguments(List<String> words) {

    /** The guest's address and its way out, as its seed disk says them; the sandbox's slirp knows it by these. */
    static final String NETWORK = "10.0.2.15/24 10.0.2.2";

    /** Its SSH server appears on the sandbox's own loopback, at a port that needs no privilege. */
    private static final String SSH = "tcpfwd=" + Sandbox.SSH_INSIDE + ":10.0.2.15:22";

    /** The network's socket, inside. */
    private static final String NETWORK_SOCKET = "/tmp/network";

    /**
     * How fast the kernel counts, which it would find out for 0.3 s: it waits by counting for hardware alone, of which there
     * is none.
     */
    private static final String DELAY_LOOPS = "lpj=20000000";

    /** What tries for 0.9 s which way of computing RAID 6 is the fastest: the first is its name since Linux 7. */
    private static final String NO_RAID6 = "initcall_blacklist=raid6_init,raid6_select_algo";

    KernelArguments {
        words = List.copyOf(words);
    }

    /**
     * A guest's.
     *
     * @param disk the first disk in UML's form: {@code COW,BASE}, or one that is written itself
     */
    static KernelArguments forGuest(String disk, String seed, long memoryBytes, UmlOptions options) {
        List<String> words = new ArrayList<>();
        words.add("ubd0=" + disk);
        words.add("ubd1r=" + seed);
        words.addAll(List.of("root=/dev/ubda", "rw", "muster.seed=/dev/ubdb", "net.ifnames=0"));
        words.addAll(machine(memoryBytes, options.seccomp()));
        words.addAll(LeanBoot.kernelWords(LeanBoot.MASKED_WITHOUT_MODULES));
        words.add(DELAY_LOOPS);
        if (!options.raid6()) {
            words.add(NO_RAID6);
        }
        return new KernelArguments(words);
    }

    /**
     * The options of the guest's network: no way out, or one to the sandbox's own loopback, at 10.0.2.2, for there is no
     * other network in a sandbox.
     */
    static String slirp(boolean toLoopback) {
        return toLoopback ? SSH : "restricted/" + SSH;
    }

    /** The command that runs the kernel with its network in a sandbox. */
    List<String> command(UmlRuntime runtime, String slirp) {
        List<String> command = new ArrayList<>(runtime.tools().shell());
        command.addAll(List.of("-c", Resources.text(KernelArguments.class, "uml.sh"), "uml", slirp));
        command.addAll(words);
        return command;
    }

    /** The probe's, which runs from an initial RAM disk. */
    static KernelArguments forProbe(String ramDisk, boolean seccomp) {
        List<String> words = new ArrayList<>();
        words.add("initrd=" + ramDisk);
        words.addAll(machine(64L << 20, seccomp));
        return new KernelArguments(words);
    }

    /** What all have: no terminals, the console on standard error, one network device. */
    private static List<String> machine(long memoryBytes, boolean seccomp) {
        return List.of(
                "mem=" + (memoryBytes >> 20) + "M",
                "umid=guest",
                "uml_dir=/tmp",
                "con=null",
                "con0=null,fd:2",
                "con1=null,fd:2",
                "ssl=null",
                "noreboot",
                "vec0:transport=vde,vnl=ptp://" + NETWORK_SOCKET,
                "seccomp=" + (seccomp ? "on" : "off"));
    }
}
