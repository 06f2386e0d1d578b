package muster.orchestrator.cli;

import java.time.Clock;
import java.time.Instant;
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

    @CommandLine.Mixin
    ChosenCells chosen = new ChosenCells();

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

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        Instant from = at == null ? null : PointsInTime.parse(at, clock.instant(), config.zone());
        int cells = Matrix.read(chosen.file, new TreeMap<>(chosen.settings), installation, config)
                .cells(Selector.parse(chosen.only))
                .size();
        QueueRequest request =
                new QueueRequest(chosen.file.toAbsolutePath().toString(), chosen.settings, chosen.only, priority, from);
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
