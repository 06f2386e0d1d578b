package muster.orchestrator.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.web.StatusLine;
import muster.reports.Counts;
import muster.reports.Step;

/** Every cell under way or to come, with why it waits and when it will likely begin and end. */
final class StatusLines {

    private final Board board;
    private final Outlooks outlooks;
    private final Clock clock;

    StatusLines(Board board, Outlooks outlooks, Clock clock) {
        this.board = board;
        this.outlooks = outlooks;
        this.clock = clock;
    }

    List<StatusLine> now() {
        Outlooks.Seen seen = outlooks.look(clock.instant());
        List<StatusLine> lines = new ArrayList<>();
        for (CellStatus status : board.snapshot()) {
            StatusLine line = StatusLine.of(status);
            Outlook outlook = seen.underWay().get(status.attempt());
            lines.add(outlook == null ? line : line.with(outlook));
        }
        seen.toCome()
                .forEach((owner, outlook) -> lines.add(
                        StatusLine.of(owner.run(), owner.cell(), Step.QUEUED, null, null, Counts.NONE, null, "")
                                .with(outlook)));
        return lines;
    }
}
