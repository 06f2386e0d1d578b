package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.text.Table;
import muster.testsuites.Suite;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster suites}. */
@Command(
        name = "suites",
        description = "Looks at suites, and tries them.",
        subcommands = {SuitesCommand.ListCommand.class, SuitesLintCommand.class, SuitesTryCommand.class})
final class SuitesCommand extends Group {

    /** {@code muster suites list}. */
    @Command(name = "list", description = "Prints the suites that matrices can name.")
    static final class ListCommand implements Callable<Integer> {

        @CommandLine.ParentCommand
        SuitesCommand suites;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            List<Suite> all = Installations.of(Home.open(suites.main.home)).suites();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(
                        all.stream().map(ListCommand::forJson).toList()));
                return ExitCode.GOOD;
            }
            Table table = new Table().row("suite", "format", "variants", "description");
            all.forEach(suite -> table.row(
                    suite.name(),
                    suite.format(),
                    String.join(" ", suite.variants().keySet()),
                    suite.description()));
            table.lines(Terminals.width()).forEach(out::println);
            return ExitCode.GOOD;
        }

        private static Map<String, Object> forJson(Suite suite) {
            Map<String, Object> values = new TreeMap<>();
            values.put("suite", suite.name());
            values.put("description", suite.description());
            values.put("folder", suite.folder().toString());
            values.put("format", suite.format());
            values.put("variants", suite.variants().keySet());
            values.put("digest", suite.digest());
            values.put("list", suite.commands().list() != null);
            values.put("runCase", suite.commands().runCase() != null);
            if (suite.typical() != null) {
                values.put("typicalSeconds", suite.typical().toSeconds());
            }
            return values;
        }
    }
}
