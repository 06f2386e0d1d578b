package muster.orchestrator.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.QueueAnswer;
import muster.orchestrator.web.QueueRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster queue}: a run that comes when its turn comes. */
@Command(
        name = "queue",
        description = "Queues a run of a matrix: for the service when one works in the home, else for the next"
                + " 'muster serve' or 'muster run'.")
final class QueueCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The matrix file.")
    Path file = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Not before then: 22:30, 2026-12-24T22:30, both in the farm's zone, or an ISO instant.")
    @Nullable
    String at;

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "Its cells go before those of a smaller one; none that runs is stopped (default: 0).")
    int priority;

    @Option(
            names = "--only",
            paramLabel = "SELECTOR",
            description = "Only these cells: distribution:suite:variant@driver, with * and !; may be repeated.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the matrix, e.g. limits.suite=10m; such a run counts in no history.")
    Map<String, String> settings = new TreeMap<>();

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        Instant from = at == null ? null : PointsInTime.parse(at, clock.instant(), config.zone());
        int cells = Matrix.read(file, new TreeMap<>(settings), installation, config)
                .cells(Selector.parse(only))
                .size();
        QueueRequest request = new QueueRequest(file.toAbsolutePath().toString(), settings, only, priority, from);
        QueueAnswer answer = queue(request, home, installation, config, clock);
        spec.commandLine()
                .getOut()
                .println("queued run " + answer.run() + ": " + cells + (cells == 1 ? " cell" : " cells") + ", "
                        + (answer.served() ? "" : "with the next 'muster serve' or 'muster run', ")
                        + (from == null
                                ? "as soon as there is room"
                                : "not before " + from.atZone(config.zone()).toLocalDateTime()));
        return ExitCode.GOOD;
    }

    private static QueueAnswer queue(
            QueueRequest request, Home home, Installation installation, FarmConfig config, Clock clock)
            throws Exception {
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (door.isPresent()) {
            return new HomeClient(door.get()).queue(request);
        }
        try (HeldFarm farm = HeldFarm.open(installation, config, home, clock)) {
            return new QueueAnswer(farm.queue(request), false);
        }
    }
}
