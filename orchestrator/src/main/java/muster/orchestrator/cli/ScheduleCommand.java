package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.text.Table;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster schedule}. */
@Command(
        name = "schedule",
        description = "The matrices that a service runs by itself: those with a schedule in config/matrices, and in the"
                + " home's folder matrices.",
        subcommands = ScheduleCommand.ListCommand.class)
final class ScheduleCommand extends Group {

    /** {@code muster schedule list}. */
    @Command(name = "list", description = "Prints them, with the next times at which they are due.")
    static final class ListCommand implements Callable<Integer> {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT);

        @CommandLine.ParentCommand
        ScheduleCommand schedule;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Option(names = "--count", paramLabel = "N", description = "How many times of each, up to 10 (default: 1).")
        int count = 1;

        @Option(names = "--json", description = "As JSON: an array of matrices, each with ten times.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            Home home = Home.open(schedule.main.home);
            Optional<HomeLock.Door> door = HomeLock.door(home);
            List<ScheduleLine> lines =
                    door.isPresent() ? new HomeClient(door.get()).schedule() : read(Installations.of(home));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(lines));
                return ExitCode.GOOD;
            }
            Table table = new Table().row("matrix", "due", "zone", "schedule", "file");
            for (ScheduleLine line : lines) {
                table.row(line.matrix(), due(line), line.zone(), line.cron(), line.file());
                line.next().stream()
                        .skip(1)
                        .limit(count - 1L)
                        .forEach(time -> table.row("", time(line, time), "", "", ""));
            }
            table.lines(Terminals.width()).forEach(out::println);
            for (ScheduleLine line : lines) {
                if (line.problem() != null) {
                    out.println();
                    out.println(Words.harmless(line.matrix()
                            + (line.runsByItself()
                                    ? " is run as it was before its file was broken: "
                                    : " is not run by itself: ")
                            + line.problem()));
                }
            }
            if (door.isEmpty()) {
                out.println("no service works in " + home.folder() + "; 'muster serve' begins one");
            }
            return ExitCode.GOOD;
        }

        private static String due(ScheduleLine line) {
            if (line.paused()) {
                return "paused";
            }
            return line.next().isEmpty() ? "never" : time(line, line.next().getFirst());
        }

        private static String time(ScheduleLine line, Instant time) {
            return TIME.format(time.atZone(ZoneId.of(line.zone())));
        }

        private static List<ScheduleLine> read(Installation installation) throws Exception {
            List<ScheduleLine> lines = new ArrayList<>();
            for (Path file : installation.matrixFiles()) {
                Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, installation.farm());
                Schedule schedule = matrix.schedule();
                if (schedule != null) {
                    Instant now = Clock.systemUTC().instant();
                    lines.add(ScheduleLine.of(matrix.name(), file, schedule, now, false, null));
                }
            }
            return lines;
        }
    }

    /** {@code muster schedule pause}. */
    @Command(name = "pause", description = "From now on a matrix is not run by itself.")
    void pause(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix) throws Exception {
        change(matrix, ScheduleChange.Action.PAUSE);
    }

    /** {@code muster schedule resume}. */
    @Command(name = "resume", description = "Undoes pause.")
    void resume(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix) throws Exception {
        change(matrix, ScheduleChange.Action.RESUME);
    }

    /** {@code muster schedule trigger}. */
    @Command(name = "trigger", description = "Queues a run of a matrix now, as if it were due.")
    void trigger(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix)
            throws Exception {
        change(matrix, ScheduleChange.Action.TRIGGER);
        spec.commandLine().getOut().println("a run of " + matrix + " is queued");
    }

    private void change(String matrix, ScheduleChange.Action action) throws Exception {
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (door.isEmpty()) {
            throw new Refusal(
                    ExitCode.INFRASTRUCTURE,
                    "cannot change the schedule: no service works in " + home.folder() + "; begin 'muster serve'");
        }
        new HomeClient(door.get()).change(new ScheduleChange(matrix, action));
    }
}
