package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import muster.orchestrator.bench.BenchReport;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all of {@code muster bench} have in common: a home to work in, and one way to tell figures. */
abstract class Benchmark implements Callable<Integer> {

    @CommandLine.ParentCommand
    BenchCommand bench;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    /**
     * What a measurement works with.
     *
     * @param progress where it says what it does meanwhile
     */
    record Place(HeldFarm farm, Installation installation, FarmConfig config, PrintWriter progress) {}

    /**
     * What it found.
     *
     * @param setting what it measured on, beside the host
     */
    record Measured(int exitCode, SequencedMap<String, String> setting, List<Figures> figures) {}

    abstract Measured measure(Place place) throws Exception;

    /** What a signal does. */
    Runnable onSignal(HeldFarm farm) {
        return Thread.currentThread()::interrupt;
    }

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(bench.main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        try (HeldFarm farm = HeldFarm.open(installation, config, home, Clock.systemUTC())) {
            Interrupts.onSignal(onSignal(farm));
            Place place =
                    new Place(farm, installation, config, spec.commandLine().getErr());
            Measured measured = measure(place);
            SequencedMap<String, String> setting = new LinkedHashMap<>(measured.setting());
            for (String fact : List.of("host.cpus", "host.cpu", "host.memory", "host.kernel")) {
                setting.put(fact, farm.farm().facts().getOrDefault(fact, "unknown"));
            }
            BenchReport report = new BenchReport(spec.name(), setting, measured.figures());
            spec.commandLine().getOut().println(json ? report.json() : report.text());
            return measured.exitCode();
        }
    }
}
