package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.HomeClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code muster}. */
@Command(
        name = "muster",
        description = "Runs conformance suites in pristine guests of many distributions and keeps every verdict.",
        mixinStandardHelpOptions = true,
        version = "muster 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "The launcher's own verbs: verify [--full] builds Muster and runs all its tests, package makes a tarball and a",
            "Debian package of it."
        })
public final class Main implements Runnable {

    /** The verbs in the order in which the help has them; each class is named for its own. */
    static final List<Class<?>> VERBS = List.of(
            RunCommand.class,
            QueueCommand.class,
            ServeCommand.class,
            ScheduleCommand.class,
            NotifyCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            StatusCommand.class,
            LogCommand.class,
            ConsoleCommand.class,
            JournalCommand.class,
            ShellCommand.class,
            ReadCommand.class,
            WatchCommand.class,
            CancelCommand.class,
            KeepCommand.class,
            HoldCommand.class,
            ReleaseCommand.class,
            RerunCommand.class,
            DoctorCommand.class,
            MatrixCommand.class,
            SuitesCommand.class,
            ImagesCommand.class,
            DiffCommand.class,
            WhyCommand.class,
            HistoryCommand.class,
            WaiveCommand.class,
            WaiversCommand.class,
            ResolveCommand.class,
            ReportCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            BenchCommand.class,
            CompletionCommand.class);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the farm keeps everything (default: $MUSTER_HOME, or muster in $XDG_DATA_HOME).")
    Path home = Home.usual(System.getenv());

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    /** Where this is the process that works in the home, and runs a verb for another. */
    HeldCommands.@Nullable Place place;

    /** Whether the verb that it runs for another is one that changes what is stored. */
    boolean isDeed;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "cannot tell what to do: name a verb");
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command line; returns the exit code. */
    static int run(String... arguments) {
        return run(
                new Main(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    static int run(Main main, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(main);
        verbs(arguments).forEach(line::addSubcommand);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(Main::explain);
        line.setExecutionStrategy(parsed -> main.execute(parsed, out, err));
        return line.execute(arguments);
    }

    private int execute(CommandLine.ParseResult parsed, PrintWriter out, PrintWriter err) {
        CommandLine last = parsed.asCommandLineList().getLast();
        StoreVerb verb = last.getCommand() instanceof StoreVerb needing ? needing : null;
        if (place == null) {
            tellLog(home);
            OptionalInt status = verb == null ? OptionalInt.empty() : there(parsed, last, out, err);
            return status.isPresent() ? status.getAsInt() : new CommandLine.RunLast().execute(parsed);
        }
        if (verb == null) {
            throw new CommandLine.ParameterException(last, "cannot run this for another process: it needs no store");
        }
        home = place.home().folder();
        isDeed = verb.changesStore();
        return new CommandLine.RunLast().execute(parsed);
    }

    /** What whoever works in the home makes of it; empty where nobody does, or only help is wanted. */
    private OptionalInt there(CommandLine.ParseResult parsed, CommandLine last, PrintWriter out, PrintWriter err) {
        if (last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
            return OptionalInt.empty();
        }
        try {
            return HeldCommands.there(this, parsed.originalArgs(), out, err);
        } catch (IOException unanswered) {
            throw new CommandLine.ExecutionException(last, String.valueOf(unanswered.getMessage()), unanswered);
        }
    }

    /** The store of the home. */
    OpenStore openStore() throws IOException, ConfigError {
        return place == null ? new OpenStore(Stores.open(Home.open(home)), true) : new OpenStore(place.store(), false);
    }

    /** What a path means that was given. */
    Path given(Path path) {
        return (place == null ? Path.of("") : place.folder()).resolve(path).toAbsolutePath();
    }

    /** Characters in a line of a table. */
    int width() throws IOException {
        return place == null ? Terminals.width() : place.width();
    }

    /** The one that is asked for, where it comes first: to know the options of all takes longer than most of them do. */
    static List<Class<?>> verbs(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> asked =
                VERBS.stream().filter(verb -> word(verb).equals(first)).toList();
        return asked.isEmpty() || asked.contains(CompletionCommand.class) ? VERBS : asked;
    }

    private static String word(Class<?> verb) {
        return verb.getSimpleName().replace("Command", "").toLowerCase(Locale.ROOT);
    }

    /** The log's configuration reads this when the first logger is asked for, which is after the command line is read. */
    private static void tellLog(Path home) {
        if (Files.isDirectory(home)) {
            System.setProperty("muster.log", new Home(home).log().toString());
        }
    }

    private static int explain(Exception failed, CommandLine line, CommandLine.ParseResult parsed) {
        int code = exitCode(failed);
        String message = String.valueOf(failed.getMessage());
        boolean forPeople =
                failed instanceof ConfigError || failed instanceof HomeClient.Refused || message.startsWith("cannot ");
        if (!forPeople) {
            LoggerFactory.getLogger(Main.class).error("a command failed", failed);
        }
        if (code != ExitCode.INTERRUPTED) {
            line.getErr().println(Words.harmless(forPeople ? message : "cannot go on: " + failed));
        }
        return code;
    }

    private static int exitCode(Exception failed) {
        return switch (failed) {
            case ConfigError _, HomeClient.Refused _ -> ExitCode.USAGE;
            case Refusal refusal -> refusal.exitCode();
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> ExitCode.INFRASTRUCTURE;
        };
    }
}
