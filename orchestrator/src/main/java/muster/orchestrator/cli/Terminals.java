package muster.orchestrator.cli;

import java.io.Console;
import java.io.IOException;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** What is known of the terminal. */
final class Terminals {

    /** The width of lines where there is no terminal. */
    private static final int NO_TERMINAL = 160;

    private Terminals() {}

    /** Whether a person watches: standard output is a terminal that can move its cursor. */
    @SuppressWarnings("SystemConsoleNull") // it is null again from JDK 25 on where there is no terminal
    static boolean watched(Map<String, String> environment) {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }

    /** Whether to colour, see https://no-color.org. */
    static boolean coloured(Map<String, String> environment) {
        return watched(environment) && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Characters in a line. */
    static int width() throws IOException {
        if (!watched(System.getenv())) {
            return NO_TERMINAL;
        }
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            return terminal.getWidth() > 0 ? terminal.getWidth() : 80;
        }
    }
}
