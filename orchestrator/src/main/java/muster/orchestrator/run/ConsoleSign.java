package muster.orchestrator.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a kernel says on its console when something is wrong with it: the table of its own words, each with the file of
 * the kernel's source that they come from. A line is taken for the first that fits.
 */
enum ConsoleSign {
    /** The kernel has given up. */
    PANIC("kernel panic", words("Kernel panic - not syncing", "kernel/panic.c")),

    SOFT_LOCKUP(
            "soft lockup",
            words("BUG: soft lockup - CPU#", "kernel/watchdog.c"),
            words("Watchdog detected hard LOCKUP on cpu", "kernel/watchdog.c"),
            words("BUG: workqueue lockup - pool", "kernel/workqueue.c"),
            pattern("INFO: rcu\\w* (?:self-)?detected (?:expedited )?stall", "kernel/rcu/tree_stall.h"),
            pattern("INFO: rcu\\w* detected stalls on CPUs", "kernel/rcu/tree_stall.h")),

    HUNG_TASK(
            "hung task",
            pattern("INFO: task .{1,200} blocked (?:on .{1,60} )?for more than \\d+ seconds", "kernel/hung_task.c"),
            pattern("INFO: task .{1,200} blocked in I/O wait for more than \\d+ seconds", "kernel/hung_task.c")),

    OUT_OF_MEMORY(
            "out-of-memory kill",
            pattern("[Oo]ut of memory(?: \\([a-z_]{1,60}\\))?: Kill(?:ed)? process \\d+", "mm/oom_kill.c")),

    READ_ONLY(
            "read-only remount",
            words("Remounting filesystem read-only", "fs/ext4/super.c"),
            pattern("BTRFS.{0,100}: forced readonly", "fs/btrfs/messages.c")),

    /** After the others, whose lines begin with the same word. */
    OOPS(
            "oops",
            words("BUG: unable to handle ", "arch/x86/mm/fault.c"),
            words("BUG: kernel NULL pointer dereference", "arch/x86/mm/fault.c"),
            words("kernel BUG at ", "arch/x86/kernel/traps.c, lib/bug.c"),
            words("Oops: ", "arch/x86/kernel/dumpstack.c, arch/arm64/kernel/traps.c"),
            // "traps: NAME[PID] general protection fault ip:..." tells of a program, not of the kernel.
            pattern("general protection fault[:,](?! ip:)", "arch/x86/kernel/traps.c"),
            words("Unable to handle kernel ", "arch/arm64/mm/fault.c, arch/arm/mm/fault.c"),
            words("Internal error: Oops", "arch/arm64/kernel/traps.c, arch/arm/kernel/traps.c"),
            words("BUG: scheduling while atomic", "kernel/sched/core.c"),
            words("BUG: sleeping function called from invalid context", "kernel/sched/core.c"),
            words("BUG: KASAN: ", "mm/kasan/report.c"),
            words("BUG: Bad page ", "mm/page_alloc.c, mm/memory.c"),
            words("BUG: spinlock ", "kernel/locking/spinlock_debug.c"));

    private final String word;
    private final List<Words> all;

    /** Words of the kernel, and the file that holds them. */
    private record Words(Pattern pattern, String source) {}

    ConsoleSign(String word, Words... all) {
        this.word = word;
        this.all = List.of(all);
    }

    private static Words words(String literal, String source) {
        return new Words(Pattern.compile(literal, Pattern.LITERAL), source);
    }

    private static Words pattern(String regex, String source) {
        return new Words(Pattern.compile(regex), source);
    }

    /** For people, e.g. {@code hung task}. */
    String word() {
        return word;
    }

    /** What a line is a sign of. */
    static Optional<ConsoleSign> of(String line) {
        for (ConsoleSign sign : values()) {
            if (sign.all.stream().anyMatch(each -> each.pattern().matcher(line).find())) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }
}
