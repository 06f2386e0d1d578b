package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.text.Table;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.CaseView;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster history}: one case through all runs. */
@Command(name = "history", description = "Shows one case through the runs of every lane: its streaks, the newest last.")
final class HistoryCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "CASE", description = "The case's name.")
    String name = "";

    @Option(names = "--suite", description = "Of this suite; default: of every suite that has such a case.")
    @Nullable
    String suite;

    @Option(names = "--runs", description = "Of so many runs; default: ${DEFAULT-VALUE}.")
    int runs = 100;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            List<CaseView> views = new ArrayList<>();
            List<String> suites = suites(store.history());
            if (suite != null && !suites.contains(suite)) {
                throw Refusal.usage("cannot find a suite '" + suite + "' in the results: there are "
                        + (suites.isEmpty() ? "none" : String.join(", ", suites))
                        + Nearest.to(suite, suites)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""));
            }
            List<String> chosen = suite == null ? suites : List.of(suite);
            for (String each : chosen) {
                store.history().caseHistory(each, name, runs).ifPresent(views::add);
            }
            if (views.isEmpty()) {
                throw notThere(store, chosen);
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(
                        views.stream().map(ComparedJson::of).toList()));
            } else {
                Table table = new Table().row("lane", "verdicts by run", "message");
                views.forEach(view -> view.lanes()
                        .forEach((lane, verdicts) -> table.row(
                                lane.toString(),
                                streaks(view.runs(), verdicts),
                                Words.harmless(view.messages().getOrDefault(lane, ""))
                                        .lines()
                                        .findFirst()
                                        .orElse(""))));
                table.lines(main.width()).forEach(out::println);
            }
        }
        return ExitCode.GOOD;
    }

    private Refusal notThere(ResultStore store, List<String> suites) {
        if (suites.isEmpty()) {
            return Refusal.usage("cannot find a case '" + name + "': nothing has run in " + main.home);
        }
        Set<String> known = new TreeSet<>();
        suites.forEach(each -> known.addAll(store.waivers().caseNames(each)));
        return KnownCases.refusal(name, String.join(", ", suites), known);
    }

    private static List<String> suites(History history) {
        return history.farm(1).lanes().values().stream()
                .flatMap(columns -> columns.values().stream())
                .flatMap(List::stream)
                .map(line -> line.cell().suite())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    /** For example {@code PASS 1-7, FAIL 8}; runs without the case are passed over. */
    static String streaks(List<Long> runs, List<@Nullable Verdict> verdicts) {
        List<String> streaks = new ArrayList<>();
        @Nullable Verdict held = null;
        long first = 0;
        long last = 0;
        for (int i = 0; i <= runs.size(); i++) {
            Verdict now = i < runs.size() ? verdicts.get(i) : null;
            if (i < runs.size() && now == null) {
                continue;
            }
            if (held != null && held != now) {
                streaks.add(held + " " + first + (first == last ? "" : "-" + last));
            }
            if (i < runs.size()) {
                first = held == now ? first : runs.get(i);
                last = runs.get(i);
                held = now;
            }
        }
        return String.join(", ", streaks);
    }
}
