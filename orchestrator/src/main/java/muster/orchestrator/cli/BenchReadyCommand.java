package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import muster.images.Recipe;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.engine.ReadyBench;
import muster.orchestrator.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code muster bench ready}: how long a pristine guest takes from clone to its first SSH command. */
@Command(
        name = "ready",
        description = "Measures the time from clone to the first SSH command, one guest after another.")
final class BenchReadyCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    BenchCommand bench;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--distribution", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "debian-12")
    String distribution = "";

    @Option(names = "--driver", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "uml")
    String driver = "";

    @Option(names = "--count", description = "How many guests; default: ${DEFAULT-VALUE}.", defaultValue = "10")
    int count;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(bench.main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        Recipe recipe = installation
                .recipe(distribution)
                .orElseThrow(() -> Refusal.usage("cannot measure '" + distribution + "': no such distribution"))
                .recipe();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Double> seconds = new ArrayList<>();
        Interrupts.onSignal(Thread.currentThread()::interrupt);
        try (HeldFarm farm = HeldFarm.open(installation, config, home, Clock.systemUTC())) {
            ReadyBench ready = farm.readyBench(recipe, driver, err::println);
            for (int i = 0; i < count; i++) {
                seconds.add(ready.measure().toMillis() / 1000.0);
                err.printf("guest %d of %d: %.2f s%n", i + 1, count, seconds.getLast());
            }
        }
        Figures figures = new Figures("clone to first SSH command, " + distribution + " on " + driver, "s", seconds);
        out.println(json ? new JsonMapper().writeValueAsString(figures.forJson()) : figures.line());
        return ExitCode.GOOD;
    }
}
