package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.text.Table;
import muster.reports.CellKey;
import muster.reports.FurtherInformation;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.ResultStore;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster resolve}: decides what cases that provide further information came to. */
@Command(
        name = "resolve",
        description =
                "Lists the cases that a person must decide (FIP), or decides one, under a name and with a reason.")
final class ResolveCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CELL",
            description = "A cell, or as much as names one; none: lists what is to be decided.")
    @Nullable
    String selector;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CASE", description = "The case's name.")
    @Nullable
    String name;

    @Option(names = "--as", paramLabel = "pass|fail", description = "What it came to.")
    @Nullable
    Verdict decision;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides.")
    String author = "";

    @Option(names = "--reason", description = "Why.")
    String reason = "";

    @Option(names = "--all", description = "Lists also what was decided.")
    boolean all;

    @Override
    public boolean changesStore() {
        return selector != null;
    }

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            List<FurtherInformation> known = store.waivers().furtherInformation();
            if (selector == null) {
                list(known, spec.commandLine().getOut());
                return ExitCode.GOOD;
            }
            if (name == null || decision == null) {
                throw Refusal.usage("cannot decide: name a cell, a case, --as pass or --as fail, --by and --reason");
            }
            Resolution resolution =
                    new Resolution(decision, reason, author, Clock.systemUTC().instant());
            store.waivers().resolve(lane(known, selector, name), name, resolution);
            return ExitCode.GOOD;
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private static CellKey lane(List<FurtherInformation> known, String selector, String name)
            throws ConfigError, Refusal {
        Selector chosen = Selector.parse(List.of(selector));
        List<CellKey> lanes = known.stream()
                .filter(each -> each.name().equals(name) && chosen.selects(each.lane()))
                .map(FurtherInformation::lane)
                .toList();
        if (lanes.size() != 1) {
            throw Refusal.usage("cannot tell which case is meant: '" + name + "' is to be decided in "
                    + (lanes.isEmpty() ? "no cell that '" + selector + "' selects" : lanes) + "; see 'muster resolve'");
        }
        return lanes.getFirst();
    }

    private void list(List<FurtherInformation> known, PrintWriter out) throws IOException {
        Table table = new Table().row("cell", "case", "since run", "decided", "message");
        known.stream()
                .filter(each -> all || each.resolution() == null)
                .forEach(each -> table.row(
                        each.lane().toString(),
                        Words.harmless(each.name()),
                        Long.toString(each.sinceRun()),
                        decided(each.resolution()),
                        Words.harmless(each.message()).lines().findFirst().orElse("")));
        table.lines(main.width()).forEach(out::println);
    }

    private static String decided(@Nullable Resolution resolution) {
        return resolution == null
                ? "open"
                : resolution.decision().name().toLowerCase(Locale.ROOT) + " by " + Words.harmless(resolution.author());
    }
}
