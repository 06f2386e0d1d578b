package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.text.Table;
import muster.orchestrator.web.HomeClient;
import muster.reports.AuditEntry;
import muster.reports.ResultStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster audit}. */
@Command(name = "audit", description = "Prints what was done over the service's pages and API, the newest first.")
final class AuditCommand implements Callable<Integer> {

    private static final int MOST = 100;

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "As JSON: an array of entries.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        List<AuditEntry> entries;
        if (door.isPresent()) {
            entries = new HomeClient(door.get()).audit();
        } else {
            try (ResultStore store = Stores.open(home)) {
                entries = store.audit().newest(MOST, Long.MAX_VALUE);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(entries));
            return ExitCode.GOOD;
        }
        Table table = new Table().row("at", "who", "what", "on", "result");
        entries.forEach(entry -> table.row(
                entry.at().toString(),
                Words.harmless(entry.who()),
                entry.what(),
                Words.harmless(entry.on()),
                Words.harmless(entry.result())));
        table.lines(Terminals.width()).forEach(out::println);
        return ExitCode.GOOD;
    }
}
