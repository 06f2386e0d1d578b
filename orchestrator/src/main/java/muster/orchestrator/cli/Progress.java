package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import muster.orchestrator.run.Board;

/** Shows progress as fits: a live table where a person watches, one line per event elsewhere. */
final class Progress {

    private Progress() {}

    /** Shows it until the result is closed. */
    static AutoCloseable show(Board board, PrintWriter out, Clock clock, ZoneId zone) throws IOException {
        if (Terminals.watched(System.getenv())) {
            return new LiveTable(board, clock, Terminals.coloured(System.getenv()));
        }
        EventLines lines = new EventLines(out, clock, zone);
        board.onChange(lines::print);
        return () -> {};
    }
}
