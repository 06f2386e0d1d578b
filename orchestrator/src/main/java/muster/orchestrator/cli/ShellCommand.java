package muster.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Entrance;
import muster.orchestrator.run.Kept;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusLine;
import muster.reports.CellKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster shell}: lets a person into a guest. */
@Command(
        name = "shell",
        description = {
            "Opens a shell, as root, in the guest of a cell that runs or is kept; or runs a command there and exits with"
                    + " its status."
        })
final class ShellCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @CommandLine.Option(names = "--shard", paramLabel = "N", description = "The guest of the cell's shard N, from 1.")
    int shard;

    @Parameters(
            index = "0",
            paramLabel = "CELL",
            description = "A cell, e.g. debian-12:commands:default@uml, or as much as names one.")
    String selector = "";

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "After --: a line for the guest's shell, or a program and its arguments.")
    List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Path folder = folder(home.attempt(attempt(home)));
        Entrance entrance = Entrance.read(folder)
                .orElseThrow(() -> new Refusal(
                        ExitCode.INFRASTRUCTURE,
                        "cannot enter " + selector + ": its guest is not up, or no longer; 'muster status' shows it"));
        SystemSsh ssh = new SystemSsh(FarmKey.file(home.keys()), folder.resolve("known_hosts"));
        return ssh.enter(entrance, Terminals.watched(System.getenv()), command);
    }

    /** That of the shard that was named, or of the only one whose guest is up. */
    private Path folder(Path attempt) throws IOException, Refusal {
        if (shard > 0) {
            return attempt.resolve("shard-" + shard);
        }
        if (Files.exists(attempt.resolve("entrance.json")) || !Files.isDirectory(attempt)) {
            return attempt;
        }
        List<Path> entered = new ArrayList<>();
        try (Stream<Path> inside = Files.list(attempt)) {
            for (Path each : inside.filter(Files::isDirectory).sorted().toList()) {
                if (Entrance.read(each).isPresent()) {
                    entered.add(each);
                }
            }
        }
        if (entered.size() > 1) {
            throw Refusal.usage("cannot enter " + selector + ": it has " + entered.size()
                    + " guests, one for each shard; name one with --shard N");
        }
        return entered.isEmpty() ? attempt : entered.getFirst();
    }

    /** The attempt whose guest is meant. One under way goes before one that is kept. */
    private long attempt(Home home) throws Exception {
        Map<CellKey, Long> guests = new LinkedHashMap<>();
        Map<CellKey, StatusLine> ended = new LinkedHashMap<>();
        for (Kept kept : Kept.list(home)) {
            guests.put(kept.cell(), kept.attempt());
        }
        for (StatusLine line : underWay(home)) {
            CellKey cell = CellKey.parse(line.cell());
            if (line.outcome() == null) {
                guests.put(cell, line.attempt());
                ended.remove(cell);
            } else if (!guests.containsKey(cell)) {
                ended.put(cell, line);
            }
        }
        List<CellKey> all = new ArrayList<>(guests.keySet());
        all.addAll(ended.keySet());
        if (all.isEmpty()) {
            throw new Refusal(
                    ExitCode.NOTHING_RAN,
                    "cannot enter " + selector + ": nothing runs in " + main.home + ", and no guest is kept there; "
                            + keeping());
        }
        boolean meansGuest = Cells.selects(selector, List.copyOf(guests.keySet()));
        CellKey one = Cells.one(selector, meansGuest ? List.copyOf(guests.keySet()) : all);
        Optional<Long> guest = Optional.ofNullable(guests.get(one));
        StatusLine line = ended.get(one);
        if (guest.isEmpty() && line != null) {
            throw new Refusal(
                    ExitCode.NOTHING_RAN,
                    "cannot enter " + one + ": its guest has ended (" + line.outcome() + "); " + keeping());
        }
        return guest.orElseThrow();
    }

    private static String keeping() {
        return "'muster run FILE --keep-failed 2h' keeps the guests of cells that end badly";
    }

    private static List<StatusLine> underWay(Home home) throws IOException, InterruptedException {
        Optional<HomeLock.Door> door = HomeLock.door(home);
        return door.isPresent() ? new HomeClient(door.get()).underWay() : List.of();
    }
}
