package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.RunEnds;
import muster.orchestrator.web.RunStatus;
import muster.orchestrator.web.StatusLine;
import muster.orchestrator.web.StatusText;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.CannotOpenStore;
import muster.reports.view.RunLine;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster watch}: follows a run of another process to its end. */
@Command(
        name = "watch",
        description = {
            "Follows a run of the service, or of a 'muster run' in another terminal, until it ends; exits with what that 'muster"
                    + " run' would.",
            "Where its muster is ended meanwhile, it waits for the next one that takes the run up. Ctrl-C ends the watching"
                    + " alone."
        })
final class WatchCommand implements Callable<Integer> {

    private static final Duration BEAT = Duration.ofMillis(500);
    /** The store is looked into every so many beats while nobody works in the home: who begins to needs it alone. */
    private static final int STORED = 20;

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run's number (default: the newest that has not ended).")
    @Nullable
    Long run;

    private final Clock clock = Clock.systemUTC();
    private final Map<String, String> said = new HashMap<>();
    private volatile List<StatusLine> seen = List.of();

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        PrintWriter out = spec.commandLine().getOut();
        RunStatus last;
        if (Terminals.watched(System.getenv())) {
            try (LiveLines _ = new LiveLines(this::lines)) {
                last = follow(home, status -> seen = status.cells(), words -> {});
            }
        } else {
            ZoneId zone = Installations.of(home).farm().zone();
            last = follow(home, status -> tell(status, zone, out), out::println);
        }
        out.println();
        StatusText.table(last.cells(), clock.instant()).lines(Terminals.width()).forEach(out::println);
        List<@Nullable Outcome> outcomes = new ArrayList<>();
        last.cells().forEach(cell -> outcomes.add(cell.outcome() == null ? null : Outcome.ofWord(cell.outcome())));
        return ExitCode.of(outcomes);
    }

    @FunctionalInterface
    private interface Telling<T> {
        void tell(T what);
    }

    /** The run as it was when it had ended. */
    private RunStatus follow(Home home, Telling<RunStatus> telling, Telling<String> words) throws Exception {
        boolean begun = false;
        boolean alone = false;
        for (int beat = 0; ; beat++) {
            Optional<HomeLock.Door> door = HomeLock.door(home);
            Optional<RunStatus> status = Optional.empty();
            if (door.isPresent()) {
                status = there(new HomeClient(door.get()));
            } else if (!alone || beat % STORED == 0) {
                status = stored(home);
            }
            if (status.isPresent()) {
                telling.tell(status.get());
                if (status.get().endedAt() != null) {
                    return status.get();
                }
            }
            if (door.isEmpty()) {
                if (!begun) {
                    throw new Refusal(
                            ExitCode.INFRASTRUCTURE,
                            "cannot watch run " + run + ": nobody works in " + home.folder()
                                    + "; 'muster serve' or 'muster run' goes on with it");
                }
                if (!alone) {
                    words.tell("its muster has ended; the next 'muster serve' or 'muster run' goes on with it");
                }
            }
            alone = door.isEmpty();
            begun = true;
            Thread.sleep(BEAT);
        }
    }

    /** Empty where the holder has just gone. */
    private Optional<RunStatus> there(HomeClient client) throws IOException, InterruptedException, Refusal {
        try {
            if (run == null) {
                run = client.cells().stream()
                        .filter(cell -> cell.outcome() == null)
                        .map(StatusLine::run)
                        .max(Long::compare)
                        .orElseThrow(WatchCommand::nothing);
            }
            return Optional.of(client.run(run));
        } catch (HomeClient.Unreachable gone) {
            return Optional.empty();
        }
    }

    private Optional<RunStatus> stored(Home home) throws Exception {
        try (ResultStore store = Stores.open(home)) {
            History history = store.history();
            if (run == null) {
                run = history.unfinishedRuns().stream().max(Long::compare).orElseThrow(WatchCommand::nothing);
            }
            long number = run;
            RunLine line = history.run(number)
                    .orElseThrow(() -> PastCells.unknownRun(history, number))
                    .run();
            return Optional.of(new RunStatus(
                    number,
                    line.matrix(),
                    line.endedAt(),
                    history.cells(number).stream().map(StatusLine::of).toList()));
        } catch (CannotOpenStore.InUse taken) {
            return Optional.empty(); // by the next one, which is about to open its door
        }
    }

    private static Refusal nothing() {
        return new Refusal(
                ExitCode.NOTHING_RAN, "cannot watch anything: no run is under way or queued; see 'muster status'");
    }

    private void tell(RunStatus status, ZoneId zone, PrintWriter out) {
        Instant now = clock.instant();
        String time = DateTimeFormatter.ISO_LOCAL_TIME.format(
                LocalTime.ofInstant(now, zone).truncatedTo(ChronoUnit.SECONDS));
        for (StatusLine cell : status.cells()) {
            String stands = cell.outcome() == null ? cell.step() : cell.outcome();
            String why = cell.outcome() == null && !cell.waits().isEmpty() ? cell.waits() : "";
            if (!stands.equals(said.put(cell.cell(), stands))) {
                out.println(
                        time + " " + cell.cell() + " " + stands + (why.isEmpty() ? "" : ": " + Words.harmless(why)));
            }
        }
        out.flush();
    }

    private List<AttributedString> lines(int width, int height) {
        Instant now = clock.instant();
        List<StatusLine> cells = seen;
        List<StatusLine> shown = cells.size() + 2 <= height
                ? cells
                : cells.stream()
                        .filter(cell -> cell.outcome() == null && cell.startedAt() != null)
                        .limit(Math.max(1, height - 2))
                        .toList();
        List<String> lines = new ArrayList<>(StatusText.table(shown, now).lines(width - 1));
        lines.addAll(RunEnds.lines(cells, now));
        return lines.stream().map(AttributedString::new).toList();
    }
}
