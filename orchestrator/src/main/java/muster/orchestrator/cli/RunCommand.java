package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import muster.orchestrator.config.Acceptances;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.Drivers;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.run.CellRun;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster run}: runs a matrix here and now. */
@Command(name = "run", description = "Runs a matrix here and now, with live progress, and writes the report.")
final class RunCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @CommandLine.Mixin
    ChosenCells chosen = new ChosenCells();

    @Option(
            names = "--keep-failed",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Keeps the guests of cells that end badly that long, e.g. 2h, for 'muster shell CELL'.")
    @Nullable
    Duration keepFailed;

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        SortedMap<String, String> set = new TreeMap<>(chosen.settings);
        Matrix matrix = Matrix.read(chosen.file, set, installation, config, Drivers.check(config, home, clock));
        List<Cell> cells = matrix.cells(Selector.parse(chosen.only));
        PrintWriter out = spec.commandLine().getOut();
        matrix.remarks().forEach(out::println);
        Acceptances acceptances = Acceptances.read(installation);
        try (HeldFarm farm = HeldFarm.open(installation, config, home, clock)) {
            HeldCommands.answer(farm, home);
            Interrupts.onSignal(farm::stop);
            farm.accept(acceptances);
            if (keepFailed != null) {
                farm.keepFailed(keepFailed);
            }
            Summary summary = new Summary(farm.store().history(), home.report());
            try (AutoCloseable _ = Progress.show(farm, out, clock, config.zone())) {
                List<CellRun> runs = new ArrayList<>(farm.unfinished());
                tellTakenUp(runs, out);
                if (!continues(farm, runs, matrix, cells)) {
                    runs.addAll(farm.queue(matrix, cells));
                }
                farm.run(runs);
            }
            int exit = summary.print(farm.board().snapshot(), out);
            WaivedSummary.print(
                    farm.store().waivers(), config.zone(), farm.board().snapshot(), out);
            KeptOnes.tell(home, clock.instant(), out);
            return exit;
        }
    }

    private static void tellTakenUp(List<CellRun> runs, PrintWriter out) {
        runs.stream()
                .collect(Collectors.groupingBy(run -> run.id().run(), TreeMap::new, Collectors.counting()))
                .forEach((number, cells) -> out.println("taking up run " + number + ", which was left unfinished: "
                        + cells + (cells == 1 ? " cell" : " cells") + " to go"));
    }

    /** Whether what was left unfinished is this very run: then it is taken up instead of begun anew. */
    private static boolean continues(HeldFarm farm, List<CellRun> unfinished, Matrix matrix, List<Cell> cells) {
        Set<CellKey> left = unfinished.stream().map(CellRun::key).collect(Collectors.toSet());
        return !left.isEmpty()
                && unfinished.stream().allMatch(run -> farm.isRunOf(run, matrix))
                && cells.stream().map(Cell::key).toList().containsAll(left);
    }
}
