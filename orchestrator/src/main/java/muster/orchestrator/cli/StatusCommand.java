package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import muster.orchestrator.engine.QueueWords;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusAnswer;
import muster.orchestrator.web.StatusLine;
import muster.orchestrator.web.StatusText;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.CellLine;
import muster.reports.view.RunLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster status}: what is under way, or how the last run ended. */
@Command(name = "status", description = "Shows what is under way, or how the last run ended.")
final class StatusCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "As JSON: why the farm has stopped, where it has, and an array of cells.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        PrintWriter out = spec.commandLine().getOut();
        if (door.isPresent()) {
            out.print(new HomeClient(door.get()).status(json, Terminals.width()));
            out.flush();
            return ExitCode.GOOD;
        }
        KeptOnes.of(home).clear();
        try (ResultStore store = Stores.open(home)) {
            History history = store.history();
            Optional<RunLine> last = history.runs(1).stream().findFirst();
            if (last.isEmpty()) {
                throw new Refusal(ExitCode.NOTHING_RAN, "cannot show anything: nothing has run in " + main.home);
            }
            List<Long> open = history.unfinishedRuns();
            List<Long> shown = open.isEmpty() ? List.of(last.get().number()) : open;
            List<Kept> kept = Kept.list(home);
            QueueWords words =
                    new QueueWords(home, Installations.of(home).farm().zone());
            List<StatusLine> lines = StatusText.withKept(
                    shown.stream().flatMap(run -> cells(words, history, run)).toList(), kept);
            String heading = open.isEmpty()
                    ? "nothing is under way; the last run:"
                    : "nobody works in " + main.home
                            + "; the next 'muster serve' or 'muster run' goes on with what is unfinished:";
            if (json) {
                out.println(new StatusAnswer("", lines).toJson());
            } else {
                StatusText.of(heading, lines, kept, Clock.systemUTC().instant(), Terminals.width())
                        .forEach(out::println);
            }
        }
        return ExitCode.GOOD;
    }

    private static Stream<StatusLine> cells(QueueWords words, History history, long run) {
        return history.cells(run).stream()
                .map(line -> line.outcome() == null && line.startedAt() == null
                        ? StatusLine.of(line).with(new Outlook(waits(words, line), null, null))
                        : StatusLine.of(line));
    }

    private static String waits(QueueWords words, CellLine line) {
        try {
            return words.waits(line.run(), line.cell(), Clock.systemUTC().instant());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell why " + line.cell() + " waits", unreadable);
        }
    }
}
