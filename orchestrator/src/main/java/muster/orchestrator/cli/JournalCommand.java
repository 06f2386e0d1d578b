package muster.orchestrator.cli;

import muster.orchestrator.run.Transcript;
import picocli.CommandLine.Command;

/** {@code muster journal}. */
@Command(name = "journal", description = "Prints a cell's raw results, live or later.")
final class JournalCommand extends TranscriptCommand {

    @Override
    Transcript which() {
        return Transcript.JOURNAL;
    }
}
