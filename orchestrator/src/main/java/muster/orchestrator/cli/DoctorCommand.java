package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import muster.orchestrator.doctor.Check;
import muster.orchestrator.doctor.Checkup;
import muster.orchestrator.doctor.Doctor;
import muster.orchestrator.doctor.Examination;
import muster.orchestrator.doctor.Finding;
import muster.orchestrator.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster doctor}: what this host can do. */
@Command(
        name = "doctor",
        description = {
            "Tries what this host can do, and boots something tiny with each driver; says what does not work, why, and the"
                    + " command that mends it.",
            "Exits with 0 when runs are possible here, else with 3."
        })
final class DoctorCommand implements Callable<Integer> {

    /** What takes no longer is not told to have taken long. */
    private static final Duration SOON = Duration.ofMillis(500);

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--install", description = "Installs the packages that are missing, as root, and looks again.")
    boolean install;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.open(main.home);
        Doctor doctor = Checkup.of(Installations.of(home), home, Clock.systemUTC());
        Doctor.Listener listener = json ? new Silent() : new Lines(out, Terminals.watched(System.getenv()));
        Examination examination = doctor.examine(listener);
        if (install && !examination.packages().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("installing " + String.join(" ", examination.packages()));
            String why = doctor.install(examination.packages());
            if (!why.isEmpty()) {
                throw new Refusal(ExitCode.INFRASTRUCTURE, why);
            }
            if (!json) {
                out.println();
            }
            examination = doctor.examine(listener);
        }
        if (json) {
            out.println(Words.JSON.writeValueAsString(forJson(examination)));
        } else {
            out.println();
            out.println(verdict(examination));
        }
        return examination.healthy() ? ExitCode.GOOD : ExitCode.INFRASTRUCTURE;
    }

    private static String verdict(Examination examination) {
        String can = examination.healthy() ? "Runs are possible here." : "Runs are not possible here yet.";
        return examination.packages().isEmpty()
                ? can
                : can + " What is missing is installed by: muster doctor --install";
    }

    private static Map<String, Object> forJson(Examination examination) {
        List<Map<String, Object>> checks = examination.looks().stream()
                .map(look -> {
                    Finding finding = look.finding();
                    Map<String, Object> values = new LinkedHashMap<>();
                    values.put("check", look.check());
                    values.put("standing", finding.standing().word());
                    values.put("sentence", finding.sentence());
                    values.put("mend", finding.mend());
                    values.put("packages", finding.packages());
                    values.put("seconds", look.took().toMillis() / 1000.0);
                    return values;
                })
                .toList();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("healthy", examination.healthy());
        all.put("checks", checks);
        return all;
    }

    private static final class Silent implements Doctor.Listener {
        @Override
        public void begins(Check check) {}

        @Override
        public void ended(Examination.Look look) {}
    }

    /** A line for each look; where a person watches, also while it lasts. */
    static final class Lines implements Doctor.Listener {

        private static final String ERASE = "\r\u001b[K";
        private static final String FORMAT = "%-8s  %-24s  %s";

        private final PrintWriter out;
        private final boolean watched;

        Lines(PrintWriter out, boolean watched) {
            this.out = out;
            this.watched = watched;
        }

        @Override
        public void begins(Check check) {
            if (watched) {
                out.print(FORMAT.formatted("...", check.name(), check.doing()));
                out.flush();
            }
        }

        @Override
        public void ended(Examination.Look look) {
            if (watched) {
                out.print(ERASE);
            }
            Finding finding = look.finding();
            String took = look.took().compareTo(SOON) < 0
                    ? ""
                    : String.format(Locale.ROOT, " (%.1f s)", look.took().toMillis() / 1000.0);
            String[] lines = Words.harmless(finding.sentence() + took).split("\n", -1);
            out.println(FORMAT.formatted(finding.standing().word(), look.check(), lines[0]));
            for (int i = 1; i < lines.length; i++) {
                out.println(FORMAT.formatted("", "", lines[i]));
            }
            if (!finding.mend().isEmpty()) {
                out.println(FORMAT.formatted("", "", "to mend: " + finding.mend()));
            }
            out.flush();
        }
    }
}
