package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Kept;
import muster.orchestrator.web.HostLine;
import muster.orchestrator.web.HostLine.GuestLine;
import muster.orchestrator.web.HostLine.PressureLine;
import muster.reports.Step;

/** This host just now: what guests take of it, and for what its work waits. */
final class HostNow {

    private static final List<String> KINDS = List.of("cpu", "memory", "io");
    private static final Pattern SHARES =
            Pattern.compile("^some avg10=([0-9.]+) avg60=([0-9.]+) avg300=([0-9.]+) ", Pattern.MULTILINE);

    private HostNow() {}

    static HostLine line(Home home, Admission.Load load, Collection<CellRun> underWay, Board board) throws IOException {
        SortedMap<String, String> facts = Hosts.facts();
        return new HostLine(
                Objects.requireNonNullElse(facts.get("host.name"), "this host"),
                facts,
                load.memoryTaken(),
                load.memoryBytes(),
                load.cpusTaken(),
                load.cpus(),
                pressure(Path.of("/proc/pressure")),
                guests(home, underWay, board));
    }

    private static List<GuestLine> guests(Home home, Collection<CellRun> underWay, Board board) throws IOException {
        Map<Long, Long> memory = new HashMap<>();
        underWay.forEach(run -> memory.put(run.id().id(), run.cell().guest().memoryBytes()));
        List<GuestLine> guests = new ArrayList<>();
        for (CellStatus status : board.snapshot()) {
            if (status.outcome() == null && status.step() != Step.QUEUED) {
                guests.add(new GuestLine(
                        status.attempt().run(),
                        status.cell().toString(),
                        status.step().word(),
                        memory.getOrDefault(status.attempt().id(), 0L),
                        status.startedAt(),
                        null));
            }
        }
        for (Kept kept : Kept.list(home)) {
            guests.add(new GuestLine(
                    kept.run(), kept.cell().toString(), kept.outcome().word(), kept.memoryBytes(), null, kept.until()));
        }
        return guests;
    }

    /** Of the files of a folder like {@code /proc/pressure}; without those that this kernel does not have. */
    static SortedMap<String, PressureLine> pressure(Path folder) throws IOException {
        SortedMap<String, PressureLine> all = new TreeMap<>();
        for (String kind : KINDS) {
            Path file = folder.resolve(kind);
            Matcher shares = SHARES.matcher(Files.isReadable(file) ? Files.readString(file) : "");
            if (shares.find()) {
                all.put(
                        kind,
                        new PressureLine(
                                Double.parseDouble(shares.group(1)),
                                Double.parseDouble(shares.group(2)),
                                Double.parseDouble(shares.group(3))));
            }
        }
        return all;
    }
}
