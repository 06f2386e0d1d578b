package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.web.CommandAnswer;
import muster.orchestrator.web.CommandRequest;
import muster.orchestrator.web.HomeClient;
import muster.reports.ResultStore;

/** Verbs that need the store while a process works in the home: that process runs them, the same words either way. */
final class HeldCommands implements Function<CommandRequest, CommandAnswer> {

    private final Home home;
    private final ResultStore store;

    /** @param home in which this process works */
    private HeldCommands(Home home, ResultStore store) {
        this.home = home;
        this.store = store;
    }

    /**
     * How a verb finds itself in the process that works in the home.
     *
     * @param folder by which relative paths are meant
     * @param width characters in a line of tables
     */
    record Place(Home home, ResultStore store, Path folder, int width) {}

    @Override
    public CommandAnswer apply(CommandRequest asked) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Main main = new Main();
        main.place = new Place(home, store, Path.of(asked.folder()), asked.width());
        int status = Main.run(
                main,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                asked.arguments().toArray(String[]::new));
        return new CommandAnswer(status, out.toString(), err.toString(), main.isDeed);
    }

    /** From now on this process runs verbs for others. */
    static void answer(HeldFarm farm, Home home) {
        farm.answer(new HeldCommands(home, farm.store()));
    }

    /** Has a verb run by whoever works in the home; empty where nobody does. */
    static OptionalInt there(Main main, List<String> arguments, PrintWriter out, PrintWriter err) throws IOException {
        Optional<HomeLock.Door> door = HomeLock.door(Home.open(main.home));
        if (door.isEmpty()) {
            return OptionalInt.empty();
        }
        CommandAnswer answer = new HomeClient(door.get())
                .command(new CommandRequest(
                        arguments, Path.of("").toAbsolutePath().toString(), Terminals.width()));
        out.print(answer.out());
        out.flush();
        err.print(answer.err());
        err.flush();
        return OptionalInt.of(answer.status());
    }
}
