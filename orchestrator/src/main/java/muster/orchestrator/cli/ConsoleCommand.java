package muster.orchestrator.cli;

import muster.orchestrator.run.Transcript;
import picocli.CommandLine.Command;

/** {@code muster console}. */
@Command(name = "console", description = "Prints the console of a cell's guest, live, while it is kept, or later.")
final class ConsoleCommand extends TranscriptCommand {

    @Override
    Transcript which() {
        return Transcript.CONSOLE;
    }
}
