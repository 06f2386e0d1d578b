package muster.orchestrator.cli;

import muster.orchestrator.run.Transcript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster log}. */
@Command(name = "log", description = "Prints what a cell's suite said, live or later.")
final class LogCommand extends TranscriptCommand {

    @Option(
            names = "--of",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}: the scripts' output, the results, or the guest's console.")
    Transcript which = Transcript.LOG;

    @Override
    Transcript which() {
        return which;
    }
}
