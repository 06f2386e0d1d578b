package muster.reports.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.site.CellPage.Command;
import muster.reports.view.CaseLine;
import muster.reports.view.CellView;
import muster.reports.view.RunView;
import muster.testsuites.ByHand;
import org.jspecify.annotations.Nullable;

/** Command lines that do a cell again, or a case of it. They work when pasted. */
final class Commands {

    private static final String ENVIRONMENT = "environment.";

    private Commands() {}

    static List<Command> of(CellView view, RunView run) {
        String cell = view.line().cell().toString();
        List<Command> commands = new ArrayList<>();
        commands.add(new Command("Run this cell again as everything is today", runOf(cell, run)));
        if (view.provenance().containsKey("image.name")) {
            commands.add(new Command("Run it again as it was: the same image, suite and limits", rerun(view)));
            byHand(view, commands);
        }
        commands.add(new Command("Read what the suite's scripts said", "muster log " + cell));
        commands.add(new Command("Read the guest's console", "muster log --of console " + cell));
        String driver = view.provenance().get("driver.command");
        if (driver != null) {
            commands.add(new Command("The guest itself was started with", driver));
        }
        return commands;
    }

    /** Runs one case again, or null where it cannot be run alone. */
    static @Nullable String again(CellView view, String name) {
        if (!view.provenance().containsKey("image.name") || script(view) == null) {
            return null;
        }
        return rerun(view) + " --case " + quoted(name);
    }

    private static void byHand(CellView view, List<Command> commands) {
        String user = view.provenance().get("suite.user");
        String script = script(view);
        if (user == null || script == null || view.cases().isEmpty()) {
            return;
        }
        CellKey cell = view.line().cell();
        String name = worthALook(view).name();
        commands.add(new Command(
                "Run one case again in a fresh guest", java.util.Objects.requireNonNull(again(view, name))));
        commands.add(new Command(
                "By hand: the same in a guest that is kept, whatever it comes to", again(view, name) + " --keep 2h"));
        commands.add(new Command("By hand: a root shell in that guest", "muster shell " + cell));
        commands.add(new Command(
                "By hand: in that shell, the case by itself",
                ByHand.line(cell.suite(), cell.variant(), user, script, environment(view), name)));
    }

    /** A regression goes before another bad case, and that before a good one. */
    private static CaseLine worthALook(CellView view) {
        List<CaseLine> bad = CellPage.troubled(view).stream()
                .map(CellPage.Trouble::line)
                .filter(line -> line.verdict().isBad())
                .toList();
        return bad.stream()
                .filter(line -> {
                    Confirmation said = view.confirmation(line);
                    return said != null && said.standing() == Confirmation.Standing.REGRESSION;
                })
                .findFirst()
                .or(() -> bad.stream().findFirst())
                .orElse(view.cases().getFirst());
    }

    private static String runOf(String cell, RunView run) {
        StringBuilder again = new StringBuilder("muster run config/matrices/")
                .append(run.run().matrix())
                .append(".yaml --only ")
                .append(cell);
        new TreeMap<>(run.settings())
                .forEach((name, value) -> again.append(" --set ").append(quoted(name + "=" + value)));
        return again.toString();
    }

    private static String rerun(CellView view) {
        return "muster rerun " + view.line().cell() + " --run " + view.line().run();
    }

    private static @Nullable String script(CellView view) {
        return view.provenance().get("suite.run-case");
    }

    private static SequencedMap<String, String> environment(CellView view) {
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        view.provenance().forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT)) {
                environment.put(name.substring(ENVIRONMENT.length()), value);
            }
        });
        return environment;
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
