package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.upkeep.Backup;
import muster.orchestrator.web.BackupAnswer;
import muster.orchestrator.web.HomeClient;
import muster.reports.ResultStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster backup}: all that is needed to have the farm again. */
@Command(
        name = "backup",
        description = {
            "Writes results, journals, keys and configuration of the home into one new file, also while runs go on.",
            "'muster restore FILE --home DIR' makes a home of it. Keep it as a secret: the farm's keys are in it."
        })
final class BackupCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "Where it is to lie, e.g. farm-2026-11-21.tar.zst; nothing may be there.")
    Path file = Path.of("");

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        Path target = file.toAbsolutePath().normalize();
        BackupAnswer answer = answer(home, target);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(answer));
        } else {
            out.println(answer.file() + ": " + answer.files() + " files, " + Sizes.format(answer.bytes()));
            answer.notes().forEach(out::println);
        }
        return ExitCode.GOOD;
    }

    private static BackupAnswer answer(Home home, Path target) throws Exception {
        Optional<HomeLock> lock = HomeLock.take(home);
        if (lock.isEmpty()) {
            HomeLock.Door door = HomeLock.door(home)
                    .orElseThrow(() -> new Refusal(
                            ExitCode.INFRASTRUCTURE,
                            "cannot back up " + home.folder()
                                    + ": who works there does not answer yet; try again in a moment"));
            return new HomeClient(door).backUp(target);
        }
        try (HomeLock _ = lock.get();
                ResultStore store = Stores.open(home)) {
            return new Backup(home, store, () -> {}, Clock.systemUTC()).write(target);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }
}
