package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Home;
import muster.reports.CellKey;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.Retention;
import muster.reports.view.CellLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code muster report pin} and {@code unpin} share. */
abstract class ReportPinCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    ReportCommand report;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--run", paramLabel = "RUN", description = "The cell of this run; default: the newest with it.")
    @Nullable
    Long run;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    /** A run's number or a cell, or null: only lists. */
    abstract @Nullable String what();

    abstract boolean pinned();

    @Override
    public final boolean changesStore() {
        return what() != null;
    }

    @Override
    public final Integer call() throws Exception {
        Home home = Home.open(report.main.home);
        try (OpenStore opened = report.main.openStore()) {
            ResultStore store = opened.store();
            String what = what();
            if (what != null) {
                store.retention().pin(find(store.history(), what, home), pinned());
            }
            print(store.retention().pins());
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
        return ExitCode.GOOD;
    }

    private Retention.Pin find(History history, String what, Home home) throws ConfigError, Refusal {
        if (what.matches("[0-9]{1,18}")) {
            return new Retention.Pin(Long.parseLong(what), null);
        }
        CellLine line = (run == null
                        ? PastCells.newest(history, what, home.folder())
                        : PastCells.of(history, what, run))
                .line();
        return new Retention.Pin(line.run(), line.cell());
    }

    private void print(List<Retention.Pin> pins) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(
                    pins.stream().map(ReportPinCommand::forJson).toList()));
            return;
        }
        pins.forEach(pin -> out.println("run " + pin.run() + (pin.cell() == null ? "" : " " + pin.cell())));
        if (pins.isEmpty()) {
            out.println("nothing is pinned");
        }
    }

    private static Map<String, Object> forJson(Retention.Pin pin) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", pin.run());
        CellKey cell = pin.cell();
        if (cell != null) {
            line.put("cell", cell.toString());
        }
        return line;
    }

    /** {@code muster report pin}. */
    @Command(
            name = "pin",
            description =
                    "Pins a run or a cell of one: what was kept of it is never pruned. Prints all that is pinned.")
    static final class Pin extends ReportPinCommand {

        @Parameters(
                paramLabel = "RUN|CELL",
                arity = "0..1",
                description = "A run's number, or a cell; none: only lists.")
        @Nullable
        String what;

        @Override
        @Nullable
        String what() {
            return what;
        }

        @Override
        boolean pinned() {
            return true;
        }
    }

    /** {@code muster report unpin}. */
    @Command(name = "unpin", description = "Lets a pinned run or cell go again. Prints what is still pinned.")
    static final class Unpin extends ReportPinCommand {

        @Parameters(paramLabel = "RUN|CELL", description = "A run's number, or a cell.")
        String what = "";

        @Override
        String what() {
            return what;
        }

        @Override
        boolean pinned() {
            return false;
        }
    }
}
