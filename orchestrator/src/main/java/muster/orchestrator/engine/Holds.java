package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Capacity.Owner;
import muster.reports.CellKey;

/** The cells that a person holds back; kept in the folders of their runs, so that the next process holds them too. */
final class Holds {

    private static final String FILE = "held";

    private final Home home;
    private final Set<Owner> held = ConcurrentHashMap.newKeySet();
    private final Runnable changed;

    /**
     * @param runs those that have not ended
     * @param changed called after each change
     */
    Holds(Home home, Collection<Long> runs, Runnable changed) throws IOException {
        this.home = home;
        this.changed = changed;
        for (long run : runs) {
            for (String cell : Files.exists(file(run)) ? Files.readAllLines(file(run)) : List.<String>of()) {
                held.add(new Owner(run, CellKey.parse(cell)));
            }
        }
    }

    boolean isHeld(Owner cell) {
        return held.contains(cell);
    }

    /** Holds cells back, or lets them go; how many were not so before. */
    synchronized int set(Collection<Owner> cells, boolean hold) throws IOException {
        Set<Owner> before = new HashSet<>(held);
        if (hold) {
            held.addAll(cells);
        } else {
            cells.forEach(held::remove);
        }
        for (long run : cells.stream().map(Owner::run).distinct().toList()) {
            List<String> lines = held.stream()
                    .filter(each -> each.run() == run)
                    .map(each -> each.cell().toString())
                    .sorted()
                    .toList();
            Files.createDirectories(home.run(run));
            Files.write(file(run), lines);
        }
        changed.run();
        return Math.abs(held.size() - before.size());
    }

    private Path file(long run) {
        return home.run(run).resolve(FILE);
    }
}
