package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import muster.reports.ResultStore;
import muster.reports.view.Why;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster why}: since when a case is bad, and what changed then. */
@Command(
        name = "why",
        description = "Since when a case is bad, and what differs between the last good and the first bad attempt.")
final class WhyCommand implements StoreVerb, Callable<Integer> {

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
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            PastCells.Found found = PastCells.find(store.history(), selector, run, main.home);
            Why why = store.comparison().why(found.run(), found.cell(), name).orElseThrow(() -> whyNot(store, found));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(ComparedJson.of(why)));
            } else {
                print(out, why);
            }
        }
        return ExitCode.GOOD;
    }

    private static void print(PrintWriter out, Why why) {
        out.println(why.verdict() + " in " + why.cell() + ": " + Words.line(why.name()));
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

    private Refusal whyNot(ResultStore store, PastCells.Found found) {
        Set<String> known = store.waivers().caseNames(found.cell().suite());
        if (!known.contains(name)) {
            return KnownCases.refusal(name, found.cell().suite(), known);
        }
        return Refusal.usage("cannot tell why '" + name + "' is bad in " + found.cell() + ": in run " + found.run()
                + " it is not there or not bad, or the cell made no history; see 'muster history "
                + KnownCases.quoted(name) + "'");
    }
}
