package muster.orchestrator.web;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import muster.reports.CellKey;

/** Remembers what it was asked to do. */
final class FakeDeeds implements Deeds {

    final List<String> done = new ArrayList<>();
    ToIntFunction<String> cancelling = selector -> 0;

    @Override
    public int cancel(String selector) {
        return cancelling.applyAsInt(selector);
    }

    @Override
    public int cancel(long run, CellKey cell) {
        done.add("cancel " + run + " " + cell);
        return 1;
    }

    @Override
    public void rerun(long run, CellKey cell, String onlyCase) {
        done.add("rerun " + run + " " + cell + " " + onlyCase);
    }

    @Override
    public void keepFailed(Duration time) {
        done.add("keep " + time);
    }

    @Override
    public void keep(long run, CellKey cell, Duration time) {
        done.add("keep " + run + " " + cell + " " + time);
    }

    @Override
    public SortedMap<String, Path> matrices() {
        return new TreeMap<>(Map.of("nightly", Path.of("/farm/nightly.yaml")));
    }

    @Override
    public HostLine host() {
        return new HostLine(
                "here",
                new TreeMap<>(Map.of("host.kernel", "6.12")),
                1L << 30,
                4L << 30,
                1,
                3,
                new TreeMap<>(Map.of("cpu", new HostLine.PressureLine(1, 2, 3))),
                List.of(new HostLine.GuestLine(
                        7, "debian-12:commands:default@uml", "running", 1L << 29, Instant.EPOCH, null)));
    }
}
