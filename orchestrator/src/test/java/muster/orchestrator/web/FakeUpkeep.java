package muster.orchestrator.web;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A farm whose disk may be full; remembers what it was asked to do. */
final class FakeUpkeep implements Upkeep {

    final List<String> done = new ArrayList<>();
    final List<String> answered = new ArrayList<>();
    volatile String stopped = "";

    @Override
    public UpkeepLine line() {
        return new UpkeepLine(stopped, 5L << 30, 20L << 30, 4L << 30, tidied(), Instant.EPOCH.plusSeconds(86_400));
    }

    private static Tidied tidied() {
        return new Tidied(Instant.EPOCH, false, List.of(new Tidied.Part("images", 2, 3L << 30, "")));
    }

    @Override
    public String metrics() {
        return "muster_cells 0\n";
    }

    @Override
    public SortedMap<String, Check> checks() {
        return new TreeMap<>(Map.of(
                "store", new Check(true, "it answers"),
                "disk", new Check(stopped.isEmpty(), stopped.isEmpty() ? "5G are free" : "it is full")));
    }

    @Override
    public synchronized void answered(String method, String path, int status, Duration took) {
        answered.add(method + " " + path + " " + status);
    }

    @Override
    public Tidied tidy(Set<String> kinds, boolean dryRun) {
        done.add("tidy " + kinds + (dryRun ? " only looking" : ""));
        return tidied();
    }

    @Override
    public BackupAnswer backUp(Path file) {
        done.add("back up to " + file);
        return new BackupAnswer(file.toString(), 7, 1, List.of());
    }
}
