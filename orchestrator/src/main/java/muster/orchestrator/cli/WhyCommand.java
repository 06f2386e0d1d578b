package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Selector;
import muster.reports.CellKey;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.RunLine;
import muster.reports.view.Why;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code muster why}: since when a case is bad, and what changed then. */
@Command(
        name = "why",
        description = "Since when a case is bad, and what differs between the last good and the first bad attempt.")
final class WhyCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "CELL",
            description = "A cell, e.g. debian-12:commands:default@uml, or as much as names one.")
    String selector = "";

    @Parameters(index = "1", paramLabel = "CASE", description = "The case's name.")
    String name = "";

    @Option(names = "--run", paramLabel = "RUN", description = "As of this run; default: the newest with the cell.")
    @Nullable
    Long run;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        try (ResultStore store = Stores.open(Home.open(main.home))) {
            Found found = find(store.history());
            Why why = store.comparison()
                    .why(found.run(), found.cell(), name)
                    .orElseThrow(() -> Refusal.usage("cannot tell why '" + name + "' is bad in " + found.cell()
                            + ": in run " + found.run()
                            + " it is not there or not bad, or the cell made no history"));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(new JsonMapper().writeValueAsString(why));
            } else {
                print(out, why);
            }
        }
        return ExitCode.GOOD;
    }

    private static void print(PrintWriter out, Why why) {
        out.println(why.verdict() + " in " + why.cell() + ": " + Words.harmless(why.name()));
        out.println("bad since run " + why.firstBadRun()
                + (why.lastGoodRun() == null
                        ? ", with which the lane begins"
                        : "; run " + why.lastGoodRun() + " was the last good one"));
        if (!why.message().isEmpty()) {
            out.println(Words.harmless(why.message()).indent(2).stripTrailing());
        }
        if (why.lastGoodRun() != null) {
            out.println(why.facts().isEmpty() ? "nothing that is known changed between the two" : "what changed:");
        }
        why.facts().forEach(fact -> out.println("  " + DiffCommand.line(fact)));
    }

    private record Found(long run, CellKey cell) {}

    private Found find(History history) throws Refusal, ConfigError {
        List<Long> runs =
                run == null ? history.runs(100).stream().map(RunLine::number).toList() : List.of(run);
        for (long number : runs) {
            List<CellKey> keys =
                    history.cells(number).stream().map(line -> line.cell()).toList();
            if (keys.stream().anyMatch(Selector.parse(List.of(selector))::selects)) {
                List<CellKey> chosen = Selector.parse(List.of(selector)).select(keys);
                if (chosen.size() != 1) {
                    throw Refusal.usage(
                            "cannot tell which cell '" + selector + "' means: it selects " + chosen + "; name one");
                }
                return new Found(number, chosen.getFirst());
            }
        }
        throw Refusal.usage("cannot find a cell '" + selector + "' in "
                + (run == null ? "the last 100 runs" : "run " + run) + "; 'muster status' names them");
    }
}
