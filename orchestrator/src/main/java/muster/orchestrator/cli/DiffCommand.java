package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import muster.orchestrator.text.Table;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.CaseChange;
import muster.reports.view.Cause;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster diff}: what changed between two runs. */
@Command(
        name = "diff",
        description =
                "Shows what changed between two runs, in results and in provenance; with one run, since its baseline.")
final class DiffCommand implements StoreVerb, Callable<Integer> {

    private static final List<Change> TOLD =
            List.of(Change.BROKEN, Change.MENDED, Change.STILL_BAD, Change.ADDED, Change.GONE, Change.OTHER);

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..2", description = "Numbers of runs, the earlier one first.")
    List<Long> runs = List.of();

    @Option(names = "--most", description = "How many cases of each change are named; default: ${DEFAULT-VALUE}.")
    int most = 20;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            for (long run : runs) {
                if (store.history().run(run).isEmpty()) {
                    throw PastCells.unknownRun(store.history(), run);
                }
            }
            long now = runs.getLast();
            Comparison comparison = store.comparison();
            Changes changes = runs.size() == 1
                    ? comparison.sinceBaseline(now, most)
                    : comparison.between(runs.getFirst(), now, most);
            List<Shared> facts =
                    runs.size() == 1 ? List.of() : facts(store.history(), comparison, runs.getFirst(), now);
            List<Cause> causes = runs.size() == 1 ? comparison.causes(now) : comparison.causes(runs.getFirst(), now);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Map<String, Object> all = new LinkedHashMap<>(ComparedJson.of(changes));
                all.put("causes", causes.stream().map(ComparedJson::of).toList());
                all.put("provenance", facts.stream().map(Shared::forJson).toList());
                out.println(Words.JSON.writeValueAsString(all));
            } else {
                print(out, changes);
                printCauses(out, causes);
                printFacts(out, facts);
            }
            return changes.totals().getOrDefault(Change.BROKEN, 0) > 0 ? ExitCode.BAD : ExitCode.GOOD;
        }
    }

    /** Something that differs in so many cells. */
    private record Shared(FactChange fact, int cells) {

        Map<String, @Nullable Object> forJson() {
            Map<String, @Nullable Object> line = ComparedJson.of(fact);
            line.put("cells", cells);
            return line;
        }
    }

    /** What differs, the most telling first: what does not differ every night, by kind, in most cells. */
    private static List<Shared> facts(History history, Comparison comparison, long before, long now) {
        Map<FactChange, Integer> facts = new LinkedHashMap<>();
        for (CellKey cell : history.cells(now).stream().map(line -> line.cell()).toList()) {
            for (FactChange fact : comparison.facts(cell, before, now)) {
                facts.merge(fact, 1, Integer::sum);
            }
        }
        return facts.entrySet().stream()
                .map(entry -> new Shared(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Shared shared) ->
                                shared.fact().usual() && shared.fact().kind() != FactChange.Kind.PACKAGE)
                        .thenComparing(shared -> shared.fact().kind())
                        .thenComparing(shared -> shared.fact().usual())
                        .thenComparing(Comparator.comparingInt(Shared::cells).reversed())
                        .thenComparing(shared -> shared.fact().name()))
                .toList();
    }

    static String line(FactChange fact) {
        return Words.harmless(fact.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + fact.name() + ": "
                        + text(fact.before()) + " -> " + text(fact.now())
                        + (fact.usual() ? " (differs every night)" : ""))
                .replace('\n', ' ');
    }

    private static String text(@Nullable String value) {
        return value == null ? "(not there)" : value;
    }

    private void print(PrintWriter out, Changes changes) throws IOException {
        out.println(TOLD.stream()
                .map(change -> changes.totals().getOrDefault(change, 0) + " " + change.words())
                .collect(Collectors.joining(", ")));
        Table table = new Table().row("change", "cell", "case", "before", "now", "since", "message");
        for (CaseChange change : changes.cases()) {
            table.row(
                    change.change().words(),
                    change.cell().toString(),
                    Words.harmless(change.name()).replace('\n', ' '),
                    change.before() == null ? "-" : change.before().name(),
                    change.now() == null ? "-" : change.now().name(),
                    change.sinceRun() == null ? "" : "run " + change.sinceRun(),
                    Words.harmless(change.message()).lines().findFirst().orElse(""));
        }
        if (!changes.cases().isEmpty()) {
            table.lines(main.width()).forEach(out::println);
        }
        changes.onlyBefore().forEach(cell -> out.println("only before: " + cell));
        changes.onlyNow().forEach(cell -> out.println("only now, or without a baseline: " + cell));
        Table matrix = new Table().row("before", "now", "cases");
        for (Changes.Transition square : changes.transitions()) {
            matrix.row(
                    square.before() == null ? "-" : square.before().name(),
                    square.now() == null ? "-" : square.now().name(),
                    Integer.toString(square.cases()));
        }
        matrix.lines(main.width()).forEach(out::println);
    }

    private static void printCauses(PrintWriter out, List<Cause> causes) {
        for (Cause cause : causes) {
            out.println(cause.cases().size() + " new failures share a " + cause.kind() + ": "
                    + Words.harmless(cause.what()).lines().findFirst().orElse(""));
        }
    }

    private static void printFacts(PrintWriter out, List<Shared> facts) {
        facts.forEach(shared -> out.println(
                line(shared.fact()) + " (" + shared.cells() + (shared.cells() == 1 ? " cell)" : " cells)")));
    }
}
