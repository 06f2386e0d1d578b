package muster.orchestrator.cli;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.home.Home;
import muster.reports.RecordedWaiver;
import muster.reports.ResultStore;
import muster.reports.Scope;
import muster.reports.Waiver;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster waive}: accepts failing cases. */
@Command(
        name = "waive",
        description = "Accepts failing cases, with a reason and until a day; they are counted and fail no run.")
final class WaiveCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "CASE",
            arity = "1..*",
            description = "Names of cases, in which * stands for any characters.")
    List<String> cases = new ArrayList<>();

    @Option(names = "--suite", required = true, description = "The suite that has them.")
    String suite = "";

    @Option(
            names = "--distribution",
            paramLabel = "NAME",
            description = "Only on these distributions, with *; may be repeated. Default: on all.")
    List<String> distributions = new ArrayList<>();

    @Option(names = "--from", paramLabel = "VERSION", description = "Only from this version of the suite on.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "VERSION", description = "Only up to this version of the suite.")
    @Nullable
    String to;

    @Option(
            names = "--kind",
            required = true,
            description = "suite-deficiency, permanent-interpretation, temporary-interpretation or minor-fault.")
    String kind = "";

    @Option(names = "--reason", required = true, description = "Why it is accepted.")
    String reason = "";

    @Option(names = "--reference", description = "Where that was found out: a report, a bug, an interpretation.")
    String reference = "";

    @Option(names = "--owner", required = true, description = "Who answers for it.")
    String owner = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who records it; default: the owner.")
    @Nullable
    String author;

    @Option(
            names = "--expires",
            paramLabel = "DAY",
            description =
                    "The last day, as 2026-11-21, at most twelve months from now; a permanent-interpretation needs none.")
    @Nullable
    LocalDate expires;

    @Override
    public boolean changesStore() {
        return true;
    }

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        Waiver.Kind of = kind();
        known("suite", suite, installation.suiteFiles().keySet());
        for (String pattern : distributions) {
            Collection<String> all = installation.recipeFiles().keySet();
            if (all.stream().noneMatch(each -> Scope.matches(pattern, each))) {
                known("distribution", pattern, all);
            }
        }
        Clock clock = Clock.system(installation.farm().zone());
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            SortedSet<String> names = store.waivers().caseNames(suite);
            List<Waiver> waivers = new ArrayList<>();
            for (String pattern : cases) {
                waivers.add(waiver(of, pattern, names, LocalDate.now(clock)));
            }
            for (Waiver waiver : waivers) {
                RecordedWaiver added = store.waivers().add(waiver, author == null ? owner : author, clock.instant());
                long meant = names.stream().filter(waiver.scope()::names).count();
                spec.commandLine()
                        .getOut()
                        .println("waiver " + added.number() + ": "
                                + Words.harmless(waiver.scope().cases()) + " of "
                                + waiver.scope().where() + ", "
                                + (waiver.expires() == null ? "for good" : "until " + waiver.expires()) + "; " + meant
                                + " known cases");
            }
        }
        return ExitCode.GOOD;
    }

    private Waiver waiver(Waiver.Kind of, String pattern, SortedSet<String> names, LocalDate today) throws Refusal {
        try {
            List<String> where = distributions.isEmpty() ? List.of("*") : distributions;
            Scope scope = new Scope(pattern, suite, from, to, where);
            if (names.stream().noneMatch(scope::names)) {
                throw Refusal.usage("cannot waive '" + pattern + "': it matches none of the " + names.size()
                        + " known cases of " + suite
                        + Nearest.to(pattern, names)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""));
            }
            return new Waiver(scope, of, reason, reference, owner, today, expires);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private Waiver.Kind kind() throws Refusal {
        List<String> words = java.util.Arrays.stream(Waiver.Kind.values())
                .map(Waiver.Kind::word)
                .toList();
        known("kind", kind, words);
        return Waiver.Kind.ofWord(kind);
    }

    private static void known(String what, String word, Collection<String> known) throws Refusal {
        if (!known.contains(word)) {
            throw Refusal.usage("cannot find a " + what + " '" + word + "': expected one of " + String.join(", ", known)
                    + Nearest.to(word, known)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
    }
}
