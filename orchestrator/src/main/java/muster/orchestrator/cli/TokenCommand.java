package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.text.Table;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.NewToken;
import muster.orchestrator.web.TokenLine;
import muster.reports.ResultStore;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster token}. */
@Command(
        name = "token",
        description = "Who is let in at the service's pages and API.",
        subcommands = {TokenCommand.CreateCommand.class, TokenCommand.ListCommand.class})
final class TokenCommand extends Group {

    /** {@code muster token create}. */
    @Command(
            name = "create",
            description = "Makes a token and prints its secret: this once, for only a digest of it is kept.")
    static final class CreateCommand implements Callable<Integer> {

        @CommandLine.ParentCommand
        TokenCommand token;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "Of whom or what it is; it stands in the audit log.")
        String name = "";

        @Option(
                names = "--role",
                required = true,
                description = "reader: looks; operator: also queues, cancels, waives; admin: also makes tokens.")
        String role = "";

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                converter = Days.class,
                description = "After that time it is refused, e.g. 90d or 12h; default: never.")
        @Nullable
        Duration expires;

        @Override
        public Integer call() throws Exception {
            Role given = role(role);
            Home home = Home.open(token.main.home);
            Optional<HomeLock.Door> door = HomeLock.door(home);
            NewToken made;
            if (door.isPresent()) {
                made = new HomeClient(door.get()).createToken(name, given, expires);
            } else {
                try (ResultStore store = Stores.open(home)) {
                    made = NewToken.make(
                            store.tokens(), name, given, Clock.systemUTC().instant(), expires);
                } catch (IllegalArgumentException wrong) {
                    throw Refusal.usage(String.valueOf(wrong.getMessage()));
                }
            }
            spec.commandLine().getErr().println("the secret of the token " + name + ", shown this once:");
            spec.commandLine().getOut().println(made.secret());
            return ExitCode.GOOD;
        }

        private static Role role(String word) throws Refusal {
            try {
                return Role.ofWord(word);
            } catch (IllegalArgumentException wrong) {
                throw Refusal.usage(String.valueOf(wrong.getMessage()));
            }
        }
    }

    /** Days, or what every other duration is written as. */
    static final class Days implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return text.matches("[1-9][0-9]{0,3}d")
                    ? Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)))
                    : new DurationConverter().convert(text);
        }
    }

    /** {@code muster token list}. */
    @Command(name = "list", description = "Prints all tokens that there ever were, without their secrets.")
    static final class ListCommand implements Callable<Integer> {

        @CommandLine.ParentCommand
        TokenCommand token;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Option(names = "--json", description = "As JSON: an array of tokens.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            Home home = Home.open(token.main.home);
            Optional<HomeLock.Door> door = HomeLock.door(home);
            List<TokenLine> lines;
            if (door.isPresent()) {
                lines = new HomeClient(door.get()).tokens();
            } else {
                try (ResultStore store = Stores.open(home)) {
                    lines = store.tokens().all().stream().map(TokenLine::of).toList();
                }
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Words.JSON.writeValueAsString(lines));
                return ExitCode.GOOD;
            }
            Instant now = Clock.systemUTC().instant();
            Table table = new Table().row("name", "role", "stands", "created", "expires");
            lines.forEach(line -> table.row(
                    line.name(),
                    line.role(),
                    line.holds(now) ? "holds" : line.revokedAt() == null ? "expired" : "revoked",
                    line.createdAt().toString(),
                    line.expiresAt() == null ? "never" : line.expiresAt().toString()));
            table.lines(Terminals.width()).forEach(out::println);
            return ExitCode.GOOD;
        }
    }

    /** {@code muster token revoke}. */
    @Command(name = "revoke", description = "From now on a token lets nobody in.")
    void revoke(@Parameters(paramLabel = "NAME", description = "The token's name.") String name) throws Exception {
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (door.isPresent()) {
            new HomeClient(door.get()).revokeToken(name);
            return;
        }
        try (ResultStore store = Stores.open(home)) {
            store.tokens().revoke(name, Clock.systemUTC().instant());
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }
}
