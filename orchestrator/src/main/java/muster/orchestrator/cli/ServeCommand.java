package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.config.Acceptances;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.engine.Service;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster serve}: the farm as a service. */
@Command(
        name = "serve",
        description =
                "Works in the home until it is ended: runs what is queued and what matrices with a schedule say. Suites under way go on without it, and"
                        + " the next one takes them up. While another muster works in the home it waits for that one's end.")
final class ServeCommand implements Callable<Integer> {

    /** How often it looks whether a home is free. */
    private static final Duration LOOK = Duration.ofMillis(500);

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description = "Where its pages are shown, or off; default: web.listen in farm.yaml.")
    @Nullable
    String listen;

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        Acceptances acceptances = Acceptances.read(installation);
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch told = new CountDownLatch(1);
        Interrupts.onSignal(told::countDown);
        Optional<HomeLock> lock = awaitHome(home, told, out);
        if (lock.isEmpty()) {
            return ExitCode.GOOD;
        }
        HeldFarm farm = HeldFarm.open(installation, config, home, lock.get(), clock);
        HeldCommands.answer(farm, home);
        farm.accept(acceptances);
        String pages = pages(farm, listen == null ? config.web() : FarmConfig.Web.of(listen, List.of()), out);
        farm.board().onChange(new EventLines(out, clock, config.zone())::print);
        Service.start(farm, clock, out::println);
        out.println("at work in " + home.folder() + ", process "
                + ProcessHandle.current().pid() + "; the report: "
                + home.report().resolve("index.html"));
        if (!pages.isEmpty()) {
            out.println("its pages: " + pages);
            if (Terminals.watched(System.getenv())) {
                out.println("to sign in, once: " + pages + "sign-in.html?code=" + farm.signInCode());
            }
        }
        told.await();
        farm.endAhead();
        out.println("ended; suites under way go on, and the next 'muster serve' or 'muster run' takes them up");
        // Whatever its threads do now would be done to guests that are to live on. What was committed is on the disk.
        Runtime.getRuntime().halt(ExitCode.GOOD);
        return ExitCode.GOOD;
    }

    /**
     * Takes the home once nobody else works in it.
     *
     * @param told is counted down when this is to end
     * @return empty where it is to end
     */
    private static Optional<HomeLock> awaitHome(Home home, CountDownLatch told, PrintWriter out)
            throws IOException, InterruptedException {
        boolean said = false;
        while (true) {
            Optional<HomeLock> lock = HomeLock.take(home);
            if (lock.isPresent()) {
                return lock;
            } else if (told.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            Optional<HomeLock.Door> door = said ? Optional.empty() : HomeLock.door(home);
            if (door.isPresent()) {
                said = true;
                out.println("process " + door.get().pid() + " works in " + home.folder()
                        + ", 'muster status' shows what it does; begins when that has ended");
            }
        }
    }

    /** Where pages are shown; empty where they are not: a night does without them. */
    private static String pages(HeldFarm farm, FarmConfig.Web web, PrintWriter out) throws Refusal {
        String host = web.host();
        if (host == null) {
            return "";
        }
        try {
            return "http://" + host + ":" + farm.listen(host, web.port()) + "/";
        } catch (IllegalArgumentException open) {
            throw Refusal.usage(String.valueOf(open.getMessage()));
        } catch (IOException taken) {
            out.println(taken.getMessage());
            return "";
        }
    }
}
