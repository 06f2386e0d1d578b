package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
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
            boolean alone = HomeLock.door(home).isEmpty();
            List<ScheduleLine> lines = lines(home);
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
                line.leftOut().stream().limit(1).forEach(left -> {
                    out.println();
                    out.println(Words.harmless(
                            line.matrix() + " was not run on " + time(line, left.at()) + ": " + left.why()));
                });
            }
            if (alone) {
                out.println();
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
    }

    /** {@code muster schedule pause}. */
    @Command(
            name = "pause",
            description =
                    "From now on a matrix is not run by itself, until 'muster schedule resume'; a run of it that is"
                            + " queued or under way goes on.")
    void pause(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix) throws Exception {
        change(matrix, ScheduleChange.Action.PAUSE);
        spec.commandLine()
                .getOut()
                .println(matrix + " is paused: it is not run by itself until 'muster schedule resume " + matrix + "'");
    }

    /** {@code muster schedule resume}. */
    @Command(
            name = "resume",
            description =
                    "Undoes pause. Where the matrix was due meanwhile and its schedule says 'missed: run-once', as it"
                            + " does unless it says something else, it is run at once; with 'missed: skip' at its next time.")
    void resume(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix) throws Exception {
        change(matrix, ScheduleChange.Action.RESUME);
        PrintWriter out = spec.commandLine().getOut();
        lines(Home.open(main.home)).stream()
                .filter(line -> line.matrix().equals(matrix) && line.runsByItself())
                .forEach(line -> out.println(matrix + " is run by itself again, next on "
                        + ListCommand.time(line, line.next().getFirst()) + " (" + line.zone() + ")"));
    }

    /** {@code muster schedule trigger}. */
    @Command(name = "trigger", description = "Queues a run of a matrix now, as if it were due.")
    void trigger(@Parameters(paramLabel = "MATRIX", description = "The matrix's name.") String matrix)
            throws Exception {
        change(matrix, ScheduleChange.Action.TRIGGER);
        spec.commandLine().getOut().println("a run of " + matrix + " is queued");
    }

    private static List<ScheduleLine> lines(Home home) throws Exception {
        return Holder.ask(home, HomeClient::schedule, farm -> farm.asked().schedule());
    }

    private void change(String matrix, ScheduleChange.Action action) throws Exception {
        ScheduleChange change = new ScheduleChange(matrix, action);
        Holder.ask(
                Home.open(main.home),
                client -> {
                    client.change(change);
                    return true;
                },
                farm -> {
                    farm.asked().change(change);
                    return true;
                });
    }
}
