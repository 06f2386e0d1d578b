package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Acceptances;
import muster.orchestrator.config.ConfigProblem;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.orchestrator.text.Table;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Standing;
import muster.reports.ResultStore;
import muster.reports.Waiver;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster waivers}: what is accepted. */
@Command(
        name = "waivers",
        description = "Prints all waivers and how each stands: holds, expires soon, expired, withdrawn.",
        subcommands = {WaiversCommand.Lint.class, WaiversCommand.Withdraw.class})
final class WaiversCommand implements StoreVerb, Callable<Integer> {

    /** A waiver that expires within so many days is marked. */
    private static final int SOON_DAYS = 30;

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        ZoneId zone = installation.farm().zone();
        Acceptances acceptances = Acceptances.read(installation);
        Instant now = Clock.systemUTC().instant();
        PrintWriter out = spec.commandLine().getOut();
        try (OpenStore opened = main.openStore()) {
            ResultStore store = opened.store();
            store.waivers().importFiles(acceptances.byFile(), now);
            List<RecordedWaiver> all = store.waivers().all();
            if (json) {
                out.println(Words.JSON.writeValueAsString(all.stream()
                        .map(each -> forJson(each, state(each, now, zone)))
                        .toList()));
                return ExitCode.GOOD;
            }
            Table table = new Table().row("waiver", "stands", "until", "kind", "cases", "where", "owner", "reason");
            for (RecordedWaiver each : all) {
                Waiver waiver = each.waiver();
                table.row(
                        Long.toString(each.number()),
                        state(each, now, zone),
                        waiver.expires() == null ? "for good" : waiver.expires().toString(),
                        waiver.kind().word(),
                        Words.harmless(waiver.scope().cases()),
                        Words.harmless(waiver.scope().where()),
                        Words.harmless(waiver.owner()),
                        Words.harmless(waiver.reason()).lines().findFirst().orElse(""));
            }
            table.lines(main.width()).forEach(out::println);
        }
        return ExitCode.GOOD;
    }

    private static String state(RecordedWaiver waiver, Instant now, ZoneId zone) {
        Standing standing = waiver.stands(now, zone);
        if (standing == Standing.EXPIRED) {
            return "EXPIRED";
        }
        return waiver.expiresWithin(SOON_DAYS, now, zone)
                ? "expires soon"
                : standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> forJson(RecordedWaiver each, String state) {
        Waiver waiver = each.waiver();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("number", each.number());
        values.put("stands", state);
        values.put("cases", waiver.scope().cases());
        values.put("suite", waiver.scope().suite());
        values.put("distributions", waiver.scope().distributions());
        values.put("kind", waiver.kind().word());
        values.put("reason", waiver.reason());
        values.put("reference", waiver.reference());
        values.put("owner", waiver.owner());
        values.put("since", waiver.since().toString());
        if (waiver.expires() != null) {
            values.put("expires", waiver.expires().toString());
        }
        values.put("recordedBy", each.author());
        values.put("recordedAt", each.at().toString());
        if (each.file() != null) {
            values.put("file", each.file());
        }
        return values;
    }

    /** {@code muster waivers lint}. */
    @Command(
            name = "lint",
            description =
                    "Finds mistakes in files of waivers and expectations, also patterns that match no known case.")
    static final class Lint implements StoreVerb, Callable<Integer> {

        @CommandLine.ParentCommand
        WaiversCommand waivers;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            Home home = Home.open(waivers.main.home);
            Acceptances acceptances = Acceptances.read(Installations.of(home));
            PrintWriter out = spec.commandLine().getOut();
            List<ConfigProblem> problems;
            try (OpenStore opened = waivers.main.openStore()) {
                ResultStore store = opened.store();
                problems = acceptances.unmatched(store.waivers()::caseNames);
            }
            problems.forEach(problem -> out.println(Words.harmless(problem.toString())));
            int count = acceptances.expectations().size()
                    + acceptances.waivers().values().stream()
                            .mapToInt(List::size)
                            .sum();
            out.println(count + " waivers and expectations, "
                    + (problems.isEmpty()
                            ? "no mistakes"
                            : problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes"));
            return problems.isEmpty() ? ExitCode.GOOD : ExitCode.USAGE;
        }
    }

    /** {@code muster waivers withdraw}. */
    @Command(
            name = "withdraw",
            description = "Ends a waiver before its day; what it accepted counts again from now on.")
    static final class Withdraw implements StoreVerb, Callable<Integer> {

        @CommandLine.ParentCommand
        WaiversCommand waivers;

        @Parameters(paramLabel = "NUMBER", description = "The waiver's number, as 'muster waivers' prints it.")
        long number;

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who withdraws it.")
        String author = "";

        @Option(names = "--reason", required = true, description = "Why.")
        String reason = "";

        @Override
        public boolean changesStore() {
            return true;
        }

        @Override
        public Integer call() throws Exception {
            try (OpenStore opened = waivers.main.openStore()) {
                ResultStore store = opened.store();
                store.waivers()
                        .withdraw(
                                number,
                                new RecordedWaiver.Withdrawal(
                                        author, Clock.systemUTC().instant(), reason));
            } catch (IllegalArgumentException wrong) {
                throw Refusal.usage(String.valueOf(wrong.getMessage()));
            }
            return ExitCode.GOOD;
        }
    }
}
