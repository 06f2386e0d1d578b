package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.text.Table;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.Tidied;
import muster.orchestrator.web.TidyRequest;
import muster.reports.ResultStore;
import muster.reports.Retention;
import muster.reports.Retention.Going;
import muster.reports.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster report prune}: removes files that have no reason to stay. */
@Command(
        name = "prune",
        description = {
            "Removes journals, logs, consoles and artefacts that nothing under keep in farm.yaml keeps.",
            "Verdicts, history and provenance stay for good."
        })
final class ReportPruneCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    ReportCommand report;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--dry-run", description = "Only prints what would be removed.")
    boolean dryRun;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(report.main.home);
        FarmConfig config = Installations.of(home).farm();
        Instant now = Clock.systemUTC().instant();
        Optional<HomeLock> lock = HomeLock.take(home);
        if (lock.isEmpty()) {
            return asked(home);
        }
        try (HomeLock _ = lock.get();
                ResultStore store = Stores.open(home)) {
            Retention retention = store.retention();
            Retention.Plan plan = dryRun ? retention.plan(config.keep(), now) : retention.prune(config.keep(), now);
            long copies = dryRun
                    ? Site.forgettable(home.report(), plan.attempts(), now)
                    : Site.forget(home.report(), plan.attempts(), now);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(forJson(plan, copies)));
            } else {
                print(out, plan, copies, config.zone());
            }
        }
        return ExitCode.GOOD;
    }

    /** Whoever works in the home does it between keeping files. */
    private int asked(Home home) throws IOException, InterruptedException, Refusal {
        HomeLock.Door door = HomeLock.door(home)
                .orElseThrow(() -> new Refusal(
                        ExitCode.INFRASTRUCTURE,
                        "cannot prune the report of " + home.folder()
                                + ": who works there does not answer yet; try again in a moment"));
        Tidied tidied = new HomeClient(door).tidy(new TidyRequest(List.of("files"), dryRun));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(tidied));
        } else {
            out.println((dryRun ? "would remove: " : "removed: ") + tidied.words());
        }
        return ExitCode.GOOD;
    }

    private void print(PrintWriter out, Retention.Plan plan, long copies, ZoneId zone) throws IOException {
        if (plan.files() == 0) {
            out.println("nothing to remove: every file has a reason to stay; see keep in farm.yaml");
            return;
        }
        Table table = new Table().row("run", "cell", "attempt", "ended", "outcome", "files", "frees");
        for (Going going : plan.attempts()) {
            table.row(
                    Long.toString(going.attempt().run()),
                    going.attempt().cell().toString(),
                    going.attempt().kind().word(),
                    going.endedAt().atZone(zone).toLocalDate().toString(),
                    going.outcome().word(),
                    Integer.toString(going.files().size()),
                    Sizes.format(going.bytes()));
        }
        if (!plan.attempts().isEmpty()) {
            table.lines(Terminals.width()).forEach(out::println);
        }
        if (plan.strays() > 0) {
            out.println(plan.strays() + " files of no attempt, left behind by a process that was killed: "
                    + Sizes.format(plan.strayBytes()));
        }
        out.println(String.format(
                Locale.ROOT,
                "%s %d files of %d attempts: %,d bytes in the store, %,d bytes of copies in the report",
                dryRun ? "would remove" : "removed",
                plan.files(),
                plan.attempts().size(),
                plan.bytes(),
                copies));
    }

    private Map<String, Object> forJson(Retention.Plan plan, long copies) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("removed", !dryRun);
        all.put("files", plan.files());
        all.put("bytes", plan.bytes());
        all.put("copyBytes", copies);
        all.put("strays", plan.strays());
        all.put("strayBytes", plan.strayBytes());
        all.put(
                "attempts",
                plan.attempts().stream().map(ReportPruneCommand::forJson).toList());
        return all;
    }

    private static Map<String, Object> forJson(Going going) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", going.attempt().run());
        line.put("cell", going.attempt().cell().toString());
        line.put("attempt", going.attempt().kind().word());
        line.put("endedAt", going.endedAt().toString());
        line.put("outcome", going.outcome().word());
        line.put(
                "files",
                going.files().stream()
                        .map(file -> Map.of("role", file.role(), "name", file.name(), "digest", file.digest()))
                        .toList());
        line.put("bytes", going.bytes());
        return line;
    }
}
