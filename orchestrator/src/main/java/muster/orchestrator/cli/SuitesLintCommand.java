package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.images.Mirrors;
import muster.images.Tools;
import muster.orchestrator.config.ConfigProblem;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.SuiteLint;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.SourceCache;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster suites lint}: finds mistakes before a guest does. */
@Command(
        name = "lint",
        description =
                "Finds mistakes in suites: in suite.yaml, scripts, the list of cases; with file, line and column.")
final class SuitesLintCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    SuitesCommand suites;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..*",
            description = "Suites, by name or folder; all where none is named.")
    List<String> names = new ArrayList<>();

    @Option(names = "--sources", description = "Also fetches their sources and compares the checksums.")
    boolean sources;

    @Option(names = "--json", description = "As JSON: an array of mistakes.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(suites.main.home);
        Installation installation = Installations.of(home);
        SortedMap<String, Path> files = names.isEmpty() ? installation.suiteFiles() : new TreeMap<>();
        for (String name : names) {
            files.putAll(SuiteChoice.of(installation, name).files());
        }
        List<ConfigProblem> problems = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Path place = Files.createTempDirectory(home.folder(), ".lint");
        try {
            SuiteLint lint = new SuiteLint(installation, new Tools(), sources(installation, place));
            for (Map.Entry<String, Path> file : files.entrySet()) {
                SuiteLint.Report report = lint.check(file.getKey(), file.getValue());
                problems.addAll(report.problems());
                remarks.addAll(report.remarks());
            }
        } finally {
            Folders.delete(place);
        }
        print(files.size(), problems, remarks);
        return problems.isEmpty() ? ExitCode.GOOD : ExitCode.USAGE;
    }

    private SuiteLint.SourceTry sources(Installation installation, Path place) throws Exception {
        if (!sources) {
            return SuiteLint.SourceTry.NONE;
        }
        SourceCache cache =
                new SourceCache(place, Mirrors.of(installation.farm().mirrors()));
        return source -> {
            try {
                cache.fetch(List.of(source));
                return Optional.empty();
            } catch (FarmFailed failed) {
                return Optional.of(String.valueOf(failed.getMessage()));
            }
        };
    }

    private void print(int count, List<ConfigProblem> problems, List<String> remarks) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(
                    problems.stream().map(SuitesLintCommand::forJson).toList()));
            return;
        }
        problems.forEach(problem -> out.println(Words.harmless(problem.toString())));
        remarks.forEach(remark -> out.println(Words.harmless(remark)));
        out.println((count == 1 ? "1 suite, " : count + " suites, ")
                + (problems.isEmpty()
                        ? "no mistakes"
                        : problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes"));
    }

    private static Map<String, Object> forJson(ConfigProblem problem) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("file", problem.place().source());
        values.put("line", problem.place().line());
        values.put("column", problem.place().column());
        values.put("message", problem.message());
        values.put("expected", problem.expected());
        if (problem.nearest() != null) {
            values.put("nearest", problem.nearest());
        }
        return values;
    }
}
