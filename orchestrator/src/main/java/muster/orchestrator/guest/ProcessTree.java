package muster.orchestrator.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which process of this host started which. To find the children of one the kernel has all of them told, so many that ask at about the
 * same time share one look.
 */
final class ProcessTree {

    /** How old a look may be, and how young a process at a look that is to have seen what it started: two seconds, in clock ticks. */
    private static final long AGE = 200;

    private static final ProcessTree HOST = ofHost();

    private final Supplier<Map<Long, Long>> parents;
    private final LongSupplier ticks;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Long, List<Long>> children = Map.of();
    private long seenAt;
    private boolean seen;

    /**
     * @param parents each process's parent
     * @param ticks clock ticks, a hundredth of a second each, since the host booted
     */
    ProcessTree(Supplier<Map<Long, Long>> parents, LongSupplier ticks) {
        this.parents = parents;
        this.ticks = ticks;
    }

    /** One that has not looked yet. */
    static ProcessTree ofHost() {
        return new ProcessTree(ProcessTree::parents, ProcessTree::uptime);
    }

    /**
     * A process of this host and all that it started, as far as they live; what they began within the last seconds may be missing,
     * but for what a process began in its own first ones.
     */
    static List<Long> withDescendants(HostProcess root) {
        return HOST.of(root);
    }

    List<Long> of(HostProcess root) {
        Map<Long, List<Long>> all = children(root.startTicks());
        Set<Long> found = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(root.pid()));
        while (!open.isEmpty()) {
            Long next = open.removeFirst();
            if (found.add(next)) { // a number that is given again while one looks could close a circle
                open.addAll(all.getOrDefault(next, List.of()));
            }
        }
        return List.copyOf(found);
    }

    private Map<Long, List<Long>> children(long rootStarted) {
        lock.lock();
        try {
            long now = ticks.getAsLong();
            if (!seen || now - seenAt > AGE || seenAt - rootStarted < AGE) {
                Map<Long, List<Long>> fresh = new HashMap<>();
                parents.get()
                        .forEach((child, parent) -> fresh.computeIfAbsent(parent, each -> new ArrayList<>())
                                .add(child));
                children = fresh;
                seenAt = now;
                seen = true;
            }
            return children;
        } finally {
            lock.unlock();
        }
    }

    /** By proc_uptime(5), which tells hundredths of a second. */
    private static long uptime() {
        try {
            String told = Files.readString(Path.of("/proc/uptime"));
            return Long.parseLong(told.substring(0, told.indexOf(' ')).replace(".", ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<Long, Long> parents() {
        Map<Long, Long> all = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.parent().ifPresent(parent -> all.put(process.pid(), parent.pid())));
        return all;
    }
}
