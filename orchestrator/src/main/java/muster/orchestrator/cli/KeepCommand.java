package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Kept;
import muster.orchestrator.web.HomeClient;
import muster.reports.CellKey;
import muster.reports.History;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster keep}: the guest of one cell stays when its suite has ended. */
@Command(
        name = "keep",
        description =
                "Keeps the guest of a cell that has not ended, whatever its suite comes to, for 'muster shell'; one"
                        + " that is kept already, from now on. 'muster cancel CELL' ends it before its time.")
final class KeepCommand implements Callable<Integer> {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(7);

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "CELL",
            description = "distribution:suite:variant@driver, as much of it as is needed to name one cell.")
    String selector = "";

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For how long, e.g. 30m (default: 2h); from the suite's end on where it has not ended.")
    Duration time = Duration.ofHours(2);

    @Override
    public Integer call() throws Exception {
        if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
            throw Refusal.usage("cannot keep a guest for " + Durations.format(time) + ": expected 1m to 168h");
        }
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        Map<CellKey, Long> kept = kept(home);
        CellKey one = door.isPresent() ? there(new HomeClient(door.get()), kept) : here(home, kept);
        String told = kept.containsKey(one)
                ? "the guest of %s is kept for another %s"
                : "when the suite of %s has ended its guest is kept for %s";
        spec.commandLine().getOut().println(told.formatted(one, Durations.format(time)));
        return ExitCode.GOOD;
    }

    /** Cells whose guests are kept, with their runs. */
    private static Map<CellKey, Long> kept(Home home) throws IOException {
        return Kept.list(home).stream()
                .collect(Collectors.toMap(each -> each.cell(), each -> each.run(), Math::max, TreeMap::new));
    }

    private CellKey there(HomeClient client, Map<CellKey, Long> kept) throws IOException, ConfigError, Refusal {
        Map<CellKey, Long> open = client.cells().stream()
                .filter(line -> line.outcome() == null)
                .collect(Collectors.toMap(
                        line -> CellKey.parse(line.cell()), line -> line.run(), Math::min, TreeMap::new));
        open.putAll(kept);
        CellKey one = Cells.one(selector, List.copyOf(open.keySet()));
        client.keep(Objects.requireNonNull(open.get(one)), one, time);
        return one;
    }

    private CellKey here(Home home, Map<CellKey, Long> kept)
            throws IOException, InterruptedException, ConfigError, FarmFailed, Refusal {
        Installation installation = Installations.of(home);
        try (HeldFarm farm = HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC())) {
            History history = farm.store().history();
            Map<CellKey, Long> open = history.unfinishedRuns().stream()
                    .flatMap(run -> history.cells(run).stream())
                    .filter(line -> line.outcome() == null)
                    .collect(Collectors.toMap(line -> line.cell(), line -> line.run(), Math::min, TreeMap::new));
            open.putAll(kept);
            CellKey one = Cells.one(selector, List.copyOf(open.keySet()));
            farm.keep(Objects.requireNonNull(open.get(one)), one, time);
            return one;
        }
    }
}
