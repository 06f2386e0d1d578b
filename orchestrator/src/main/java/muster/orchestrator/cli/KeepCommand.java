package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Durations;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Kept;
import muster.orchestrator.web.StatusLine;
import muster.reports.CellKey;
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
        Map<CellKey, Long> kept =
                Kept.list(home).stream().collect(Collectors.toMap(each -> each.cell(), each -> each.run(), Math::max));
        CellKey one = Holder.ask(
                home,
                client -> keep(client.cells(), kept, client::keep),
                farm -> keep(farm.unended(), kept, farm::keep));
        String told = kept.containsKey(one)
                ? "the guest of %s is kept for another %s"
                : "when the suite of %s has ended its guest is kept for %s";
        spec.commandLine().getOut().println(told.formatted(one, Durations.format(time)));
        return ExitCode.GOOD;
    }

    /** Has a guest kept, by whoever holds the home. */
    @FunctionalInterface
    private interface Keeper {
        void keep(long run, CellKey cell, Duration time) throws IOException, FarmFailed;
    }

    /** Keeps the only guest that is meant: a kept one before one to come, that before one of a later run. */
    private CellKey keep(List<StatusLine> cells, Map<CellKey, Long> kept, Keeper keeper)
            throws IOException, ConfigError, FarmFailed, Refusal {
        Map<CellKey, Long> open = cells.stream()
                .filter(line -> line.outcome() == null)
                .collect(Collectors.toMap(
                        line -> CellKey.parse(line.cell()), line -> line.run(), Math::min, TreeMap::new));
        open.putAll(kept);
        CellKey one = Cells.one(selector, List.copyOf(open.keySet()));
        keeper.keep(Objects.requireNonNull(open.get(one)), one, time);
        return one;
    }
}
