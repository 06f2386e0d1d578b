package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Function;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/** Commands of this host's own user that need the store: only one process can have it open. */
final class CommandRoutes {

    private final Held held;
    private volatile @Nullable Function<CommandRequest, CommandAnswer> commands;

    CommandRoutes(Held held) {
        this.held = held;
    }

    /** What of them is a deed is known when it is done. */
    List<Route> routes() {
        return List.of(Route.post(HomeApi.API + "/command", Role.ADMIN, "", this::run));
    }

    /** From now on these are run. */
    void answer(Function<CommandRequest, CommandAnswer> running) {
        commands = running;
    }

    /** Only for this host's own user: some name files of this host. */
    private void run(Context request) {
        Gate.needsOwner(request, "run a command", "VERB");
        CommandRequest asked = Answers.body(request, CommandRequest.class);
        String command = String.join(" ", asked.arguments());
        Function<CommandRequest, CommandAnswer> running = commands;
        if (running == null) {
            throw new Problem.Met(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "cannot run 'muster " + command
                            + "' now: the process that works in the home has it for a moment only; try again");
        }
        CommandAnswer answer = running.apply(asked);
        if (answer.isDeed()) {
            held.store()
                    .audit()
                    .add(
                            held.clock().instant(),
                            Asker.of(request).name(),
                            asked.arguments().getFirst(),
                            command,
                            answer.status() == 0 ? "done" : answer.err().strip());
        }
        Answers.json(request, answer);
    }
}
