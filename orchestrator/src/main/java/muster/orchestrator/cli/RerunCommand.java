package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.web.RerunAnswer;
import muster.reports.view.CaseLine;
import muster.reports.view.CellView;
import muster.testsuites.format.ResultFormats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster rerun}: a cell of a past run once more, as it was. */
@Command(
        name = "rerun",
        description = {
            "Runs a cell of a past run again, or one case of it, in a fresh guest of the same image, suite, environment, user and"
                    + " limits.",
            "What the run said stays as it is; a rerun counts in no history.",
            "With --failed: queues a new run of the cells of a run that were bad or that the farm failed, for the service when"
                    + " one works in the home, else for the next."
        })
final class RerunCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CELL",
            description =
                    "A cell, e.g. debian-12:commands:default@uml, or as much as names one; with --failed a run's number"
                            + " (default: the newest that has ended).")
    String selector = "";

    @Option(names = "--failed", description = "All cells of a run that were bad, as a new run.")
    boolean failed;

    @Option(names = "--run", paramLabel = "NUMBER", description = "Of this run, else of the newest that has the cell.")
    @Nullable
    Long run;

    @Option(names = "--case", paramLabel = "NAME", description = "Only this one case, by the suite's run-case.")
    @Nullable
    String onlyCase;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Keeps the guest that long, whatever the suite comes to, for 'muster shell', e.g. 2h.")
    @Nullable
    Duration keep;

    @Override
    public Integer call() throws Exception {
        return failed ? queueFailed() : again();
    }

    private int queueFailed() throws Exception {
        if (!(selector.isEmpty() || selector.matches("[0-9]{1,18}")) || onlyCase != null || keep != null) {
            throw Refusal.usage("cannot queue '" + selector + "' again: --failed goes with the number of a run alone");
        }
        Long number = selector.isEmpty() ? run : Long.valueOf(selector);
        RerunAnswer answer = Holder.ask(
                Home.open(main.home),
                client -> client.rerun(number),
                farm -> farm.asked().rerun(number));
        spec.commandLine()
                .getOut()
                .println("queued run " + answer.run() + ": " + answer.cells()
                        + (answer.cells() == 1 ? " cell" : " cells")
                        + " of run " + answer.of() + " that did not pass, "
                        + (answer.served() ? "" : "with the next 'muster serve' or 'muster run', ")
                        + "as soon as there is room");
        return ExitCode.GOOD;
    }

    private int again() throws Exception {
        if (selector.isEmpty()) {
            throw Refusal.usage("cannot run anything again: name a cell, or --failed");
        }
        Clock clock = Clock.systemUTC();
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        PrintWriter out = spec.commandLine().getOut();
        try (HeldFarm farm = HeldFarm.open(installation, config, home, clock)) {
            HeldCommands.answer(farm, home);
            Interrupts.onSignal(farm::stop);
            CellView past = run == null
                    ? PastCells.newest(farm.store().history(), selector, main.home)
                    : PastCells.of(farm.store().history(), selector, run);
            checkCase(past);
            if (keep != null) {
                farm.keepAll(keep);
            }
            farm.board().onChange(new EventLines(out, clock, config.zone())::print);
            CellRun again = farm.rerun(past, onlyCase);
            TryOutput output = TryOutput.follow(
                    farm.door(),
                    again.id(),
                    ResultFormats.named(again.cell().suite().format()).orElseThrow(),
                    out);
            farm.run(List.of(again));
            output.await();
            new RerunSummary(farm.store().history(), past).print(again.id(), out);
            KeptOnes.tell(home, clock.instant(), out);
            RerunSummary.byHand(home, again, out);
            return ExitCode.of(
                    farm.board().snapshot().stream().map(CellStatus::outcome).toList());
        }
    }

    private void checkCase(CellView past) throws Refusal, IOException {
        String name = onlyCase;
        if (past.line().outcome() == null) {
            throw Refusal.usage("cannot run " + past.line().cell() + " of run "
                    + past.line().run() + " again: it has not ended; 'muster run' of the same matrix takes it up");
        }
        if (name == null) {
            return;
        }
        List<String> names = past.cases().stream().map(CaseLine::name).toList();
        if (!names.contains(name)) {
            Optional<String> near = Nearest.to(name, names);
            throw Refusal.usage("cannot run the case '" + Words.harmless(name) + "' again: run "
                    + past.line().run()
                    + " has none of this name in " + past.line().cell()
                    + near.map(each -> "; did you mean '" + Words.harmless(each) + "'?")
                            .orElse(""));
        }
        if (!past.provenance().containsKey("suite.run-case")) {
            throw Refusal.usage("cannot run one case of " + past.line().cell()
                    + " alone: its suite.yaml names no run-case among its commands; leave --case out to run them all");
        }
    }
}
