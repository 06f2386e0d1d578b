package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.engine.Drivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Demand;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Plan;
import muster.orchestrator.text.Table;
import muster.reports.History;
import muster.reports.ResultStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster matrix}. */
@Command(name = "matrix", description = "Looks at a matrix.", subcommands = MatrixCommand.PlanCommand.class)
final class MatrixCommand extends Group {

    /** {@code muster matrix plan}: what would run; runs nothing. */
    @Command(name = "plan", description = "Prints what would run, with expected time and memory; runs nothing.")
    static final class PlanCommand implements Callable<Integer> {

        private static final int EARLIER_RUNS = 10;

        @CommandLine.ParentCommand
        MatrixCommand matrix;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The matrix file.")
        Path file = Path.of("");

        @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides a key of the matrix.")
        Map<String, String> settings = new TreeMap<>();

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            Home home = Home.open(matrix.main.home);
            Installation installation = Installations.of(home);
            FarmConfig config = installation.farm();
            Matrix read = Matrix.read(
                    file,
                    new TreeMap<>(settings),
                    installation,
                    config,
                    Drivers.check(config, home, Clock.systemUTC()));
            Plan plan = plan(read, config.budget(HostCapacity.here()), home);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(
                        plan.lines().stream().map(PlanCommand::forJson).toList()));
            } else {
                print(read, plan, out);
            }
            return ExitCode.GOOD;
        }

        private static Plan plan(Matrix read, FarmConfig.Budget budget, Home home) throws Exception {
            if (!java.nio.file.Files.isDirectory(home.store())
                    || HomeLock.door(home).isPresent()) {
                return Plan.of(read.cells(), budget, Plan.Earlier.NONE);
            }
            try (ResultStore store = Stores.open(home)) {
                return Plan.of(read.cells(), budget, earlier(store.history()));
            }
        }

        private static Plan.Earlier earlier(History history) {
            return new Plan.Earlier(
                    cell -> history.durations(cell.key(), EARLIER_RUNS),
                    cell -> history.guestUses(
                            cell.key(), cell.guest().memoryBytes(), cell.guest().cpus(), Demand.EARLIER));
        }

        private static Map<String, Object> forJson(Plan.Line line) {
            Map<String, Object> values = new TreeMap<>();
            values.put("cell", line.cell().toString());
            values.put("memoryBytes", line.memoryBytes());
            values.put("cpu", line.cpu());
            values.put("waits", line.waits());
            values.put("measuredGuests", line.measured());
            if (line.expected() != null) {
                values.put("expectedSeconds", line.expected().usual().toSeconds());
            }
            if (line.startsAfter() != null) {
                values.put("startsAfterSeconds", line.startsAfter().toSeconds());
            }
            return values;
        }

        private static void print(Matrix read, Plan plan, PrintWriter out) throws Exception {
            Table table = new Table().row("cell", "memory", "cpu", "expected", "starts after", "why it waits");
            for (Plan.Line line : plan.lines()) {
                table.row(
                        line.cell().toString(),
                        Sizes.format(line.memoryBytes()) + (line.measured() == 0 ? "" : " measured"),
                        "%.1f".formatted(line.cpu()),
                        line.expected() == null
                                ? "unknown"
                                : Durations.format(line.expected().usual()),
                        line.startsAfter() == null ? "never" : Durations.format(line.startsAfter()),
                        line.waits());
            }
            table.lines(Terminals.width()).forEach(out::println);
            out.println();
            read.remarks().forEach(out::println);
            out.println("%d cells of %s; guests may use %s and %.1f processors together; about %s from start to end%s"
                    .formatted(
                            plan.lines().size(),
                            read.name(),
                            Sizes.format(plan.budget().memoryBytes()),
                            plan.budget().cpus(),
                            Durations.format(plan.takes()),
                            plan.unknown() == 0 ? "" : ", " + plan.unknown() + " of unknown length not counted"));
        }
    }
}
