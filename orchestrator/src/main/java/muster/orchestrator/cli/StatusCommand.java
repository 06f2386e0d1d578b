package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.orchestrator.config.Durations;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusLine;
import muster.reports.Counts;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.Step;
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

    @Option(names = "--json", description = "As JSON: an array of cells.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        List<StatusLine> lines;
        String heading;
        if (door.isPresent()) {
            lines = new HomeClient(door.get()).cells();
            heading = "under way, process " + door.get().pid();
        } else {
            KeptOnes.of(home).clear();
            try (ResultStore store = Stores.open(home)) {
                History history = store.history();
                Optional<RunLine> last = history.runs(1).stream().findFirst();
                if (last.isEmpty()) {
                    throw new Refusal(ExitCode.NOTHING_RAN, "cannot show anything: nothing has run in " + main.home);
                }
                List<Long> open = history.unfinishedRuns();
                List<Long> shown = open.isEmpty() ? List.of(last.get().number()) : open;
                lines = shown.stream().flatMap(run -> cells(history, run)).toList();
                heading = open.isEmpty()
                        ? "nothing is under way; the last run"
                        : "nobody works in " + main.home
                                + "; the next 'muster serve' or 'muster run' goes on with what is unfinished";
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        lines = withKept(lines, home);
        if (json) {
            out.println(StatusLine.toJson(lines));
        } else {
            out.println(heading + ":");
            Instant now = Clock.systemUTC().instant();
            table(lines, now).lines(Terminals.width()).forEach(out::println);
            RunEnds.lines(lines, now).forEach(out::println);
            KeptOnes.tell(home, Clock.systemUTC().instant(), out);
        }
        return ExitCode.GOOD;
    }

    /** The cells, and those of earlier runs whose guests are kept. */
    private static List<StatusLine> withKept(List<StatusLine> lines, Home home) throws IOException {
        List<StatusLine> all = new ArrayList<>(lines);
        for (Kept kept : Kept.list(home)) {
            String cell = kept.cell().toString();
            boolean shown = false;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).run() == kept.run() && all.get(i).cell().equals(cell)) {
                    all.set(i, all.get(i).keptUntil(kept.attempt(), kept.until()));
                    shown = true;
                }
            }
            if (!shown) {
                StatusLine line =
                        StatusLine.of(kept.run(), kept.cell(), Step.DONE, null, null, Counts.NONE, kept.outcome(), "");
                all.add(line.keptUntil(kept.attempt(), kept.until()));
            }
        }
        return all;
    }

    private static Stream<StatusLine> cells(History history, long run) {
        return history.cells(run).stream()
                .map(StatusLine::of)
                .map(line -> line.outcome() == null && line.startedAt() == null
                        ? line.with(new Outlook("waits for the next 'muster serve' or 'muster run'", null, null))
                        : line);
    }

    /** A row for each cell. */
    static Table table(List<StatusLine> lines, Instant now) {
        Table table = new Table().row("run", "cell", "step", "elapsed", "left", "verdicts");
        for (StatusLine line : lines) {
            table.row(
                    Long.toString(line.run()),
                    line.cell(),
                    line.outcome() == null ? line.step() : line.outcome(),
                    elapsed(line, now).map(Durations::format).orElse(""),
                    left(line, now),
                    last(line, now));
        }
        return table;
    }

    private static Optional<Duration> elapsed(StatusLine line, Instant now) {
        String from = line.startedAt();
        String to = line.endedAt();
        if (from == null) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(Instant.parse(from), to == null ? now : Instant.parse(to)));
    }

    private static String left(StatusLine line, Instant now) {
        Long expected = line.expectedSeconds();
        if (expected == null || line.outcome() != null) {
            return "";
        }
        return "~"
                + Durations.format(
                        Duration.ofSeconds(expected).minus(elapsed(line, now).orElse(Duration.ZERO)));
    }

    static String last(StatusLine line, Instant now) {
        if (line.outcome() == null && !line.waits().isEmpty()) {
            return Words.harmless(Outlook.sentence(line.waits(), line.starts(), now));
        }
        String counts = line.verdicts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String said = line.why().isEmpty() ? line.detail() : line.why();
        return Words.harmless(said.isEmpty() ? counts : counts.isEmpty() ? said : counts + "; " + said)
                .lines()
                .findFirst()
                .orElse("");
    }
}
