package muster.orchestrator.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a kernel says on its console when something is wrong with it. */
enum ConsoleSign {
    /** The kernel has given up. */
    PANIC("kernel panic"),
    SOFT_LOCKUP("soft lockup"),
    HUNG_TASK("hung task"),
    OUT_OF_MEMORY("out-of-memory kill"),
    READ_ONLY("read-only remount"),
    OOPS("oops");

    /** The kernel's own words, with the files of its source that hold them. The first that a line has decides. */
    private static final List<Words> TABLE = List.of(
            words(PANIC, "Kernel panic - not syncing", "kernel/panic.c"),
            words(SOFT_LOCKUP, "BUG: soft lockup - CPU#", "kernel/watchdog.c"),
            words(SOFT_LOCKUP, "Watchdog detected hard LOCKUP on cpu", "kernel/watchdog.c"),
            words(SOFT_LOCKUP, "BUG: workqueue lockup - pool", "kernel/workqueue.c"),
            pattern(
                    SOFT_LOCKUP,
                    "INFO: rcu\\w* (?:self-)?detected (?:expedited )?stall",
                    "kernel/rcu/tree_stall.h, kernel/rcu/tree_exp.h"),
            pattern(
                    HUNG_TASK,
                    "INFO: task .{1,200} blocked (?:on .{1,60} |in I/O wait )?for more than \\d+ seconds",
                    "kernel/hung_task.c"),
            pattern(
                    OUT_OF_MEMORY,
                    "[Oo]ut of memory(?: \\([a-z_]{1,60}\\))?: Kill(?:ed)? process \\d+",
                    "mm/oom_kill.c"),
            words(READ_ONLY, "Remounting filesystem read-only", "fs/ext4/super.c"),
            pattern(READ_ONLY, "BTRFS.{0,100}: forced readonly", "fs/btrfs/messages.c"),
            words(OOPS, "BUG: unable to handle ", "arch/x86/mm/fault.c"),
            words(OOPS, "BUG: kernel NULL pointer dereference", "arch/x86/mm/fault.c"),
            words(OOPS, "kernel BUG at ", "lib/bug.c"),
            words(OOPS, "Oops: ", "arch/x86/kernel/dumpstack.c, arch/arm64/kernel/traps.c"),
            // "traps: NAME[PID] general protection fault ip:..." tells of a program, not of the kernel.
            pattern(OOPS, "general protection fault[:,]", "arch/x86/kernel/traps.c"),
            words(OOPS, "Unable to handle kernel ", "arch/arm64/mm/fault.c, arch/arm/mm/fault.c"),
            words(OOPS, "BUG: scheduling while atomic", "kernel/sched/core.c"),
            words(OOPS, "BUG: sleeping function called from invalid context", "kernel/sched/core.c"),
            words(OOPS, "BUG: KASAN: ", "mm/kasan/report.c"),
            words(OOPS, "BUG: Bad page ", "mm/page_alloc.c, mm/memory.c"),
            words(OOPS, "BUG: spinlock ", "kernel/locking/spinlock_debug.c"));

    private final String word;

    private record Words(ConsoleSign sign, Pattern pattern, String source) {}

    ConsoleSign(String word) {
        this.word = word;
    }

    private static Words words(ConsoleSign sign, String literal, String source) {
        return new Words(sign, Pattern.compile(literal, Pattern.LITERAL), source);
    }

    private static Words pattern(ConsoleSign sign, String regex, String source) {
        return new Words(sign, Pattern.compile(regex), source);
    }

    /** For people, e.g. {@code hung task}. */
    String word() {
        return word;
    }

    /** What a line is a sign of. */
    static Optional<ConsoleSign> of(String line) {
        return TABLE.stream()
                .filter(words -> words.pattern().matcher(line).find())
                .findFirst()
                .map(Words::sign);
    }
}
