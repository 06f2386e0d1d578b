package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import muster.orchestrator.engine.HeldFarm;

/** Shows progress as fits: a live table where a person watches, one line per event elsewhere. */
final class Progress {

    private Progress() {}

    /** Shows it until the result is closed. */
    static AutoCloseable show(HeldFarm farm, PrintWriter out, Clock clock, ZoneId zone) throws IOException {
        if (Terminals.watched(System.getenv())) {
            boolean colour = Terminals.coloured(System.getenv());
            return new LiveLines((width, height) ->
                    LiveTable.lines(farm.board().snapshot(), farm.outlooks(), clock.instant(), width, height, colour));
        }
        EventLines lines = new EventLines(out, clock, zone);
        farm.board().onChange(lines::print);
        return () -> {};
    }
}
