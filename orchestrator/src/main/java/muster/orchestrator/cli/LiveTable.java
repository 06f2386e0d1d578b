package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.config.Durations;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.reports.Outcome;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;

/** Progress on a terminal: a table of cells, drawn over itself every half second until it is closed. */
final class LiveTable implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(500);

    private final Board board;
    private final Clock clock;
    private final boolean colour;
    private final Terminal terminal;
    private final Display display;
    private final Thread drawing;

    LiveTable(Board board, Clock clock, boolean colour) throws IOException {
        this.board = board;
        this.clock = clock;
        this.colour = colour;
        this.terminal =
                TerminalBuilder.builder().system(true).nativeSignals(false).build();
        this.display = new Display(terminal, false);
        this.drawing = Thread.ofVirtual().name("live table").start(this::drawOnAndOn);
    }

    private void drawOnAndOn() {
        try {
            while (true) {
                draw();
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException closed) {
            draw();
        }
    }

    private void draw() {
        int width = Math.max(40, terminal.getWidth());
        display.resize(Math.max(5, terminal.getHeight()), width);
        List<AttributedString> lines =
                lines(board.snapshot(), clock.instant(), width, terminal.getHeight() - 1, colour);
        display.update(lines, -1);
        terminal.flush();
    }

    /** The table; where it is higher than the terminal, cells that are done or queued are counted instead of shown. */
    static List<AttributedString> lines(List<CellStatus> cells, Instant now, int width, int height, boolean colour) {
        List<CellStatus> shown = cells;
        if (cells.size() + 2 > height) {
            shown = cells.stream()
                    .filter(cell -> cell.outcome() == null && cell.startedAt() != null)
                    .limit(Math.max(1, height - 2))
                    .toList();
        }
        Table table = new Table().row("cell", "step", "elapsed", "left", "verdicts");
        for (CellStatus cell : shown) {
            table.row(Words.harmless(cell.label()), step(cell), elapsed(cell, now), left(cell, now), last(cell));
        }
        List<String> plain = table.lines(width - 1);
        List<AttributedString> lines = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            AttributedStyle style = i == 0 || !colour ? AttributedStyle.DEFAULT : style(shown.get(i - 1));
            lines.add(new AttributedStringBuilder().styled(style, plain.get(i)).toAttributedString());
        }
        lines.add(new AttributedString(foot(cells)));
        return lines;
    }

    private static String step(CellStatus cell) {
        return cell.outcome() == null ? cell.step().word() : cell.outcome().word();
    }

    private static String elapsed(CellStatus cell, Instant now) {
        return cell.startedAt() == null ? "" : Durations.format(cell.elapsed(now));
    }

    private static String left(CellStatus cell, Instant now) {
        Duration left = cell.remaining(now);
        return left == null ? "" : "~" + Durations.format(left);
    }

    private static String last(CellStatus cell) {
        if (!cell.why().isEmpty()) {
            return Words.harmless(cell.why()).lines().findFirst().orElse("");
        }
        return cell.remarks().isEmpty() ? Words.of(cell.counts()) : Words.harmless(cell.remarks());
    }

    private static String foot(List<CellStatus> cells) {
        long done = cells.stream().filter(cell -> cell.outcome() != null).count();
        long queued = cells.stream()
                .filter(cell -> cell.startedAt() == null && cell.outcome() == null)
                .count();
        return "%d of %d cells done, %d under way, %d queued"
                .formatted(done, cells.size(), cells.size() - done - queued, queued);
    }

    private static AttributedStyle style(CellStatus cell) {
        Outcome outcome = cell.outcome();
        if (outcome == null) {
            return cell.startedAt() == null ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
        }
        return AttributedStyle.DEFAULT.foreground(
                switch (outcome.owner()) {
                    case NOBODY -> AttributedStyle.GREEN;
                    case DISTRIBUTION -> AttributedStyle.RED;
                    case FARM -> AttributedStyle.MAGENTA;
                    case PERSON -> AttributedStyle.YELLOW;
                });
    }

    @Override
    public void close() throws IOException {
        drawing.interrupt();
        boolean interrupted = false;
        while (drawing.isAlive()) {
            try {
                drawing.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        terminal.writer().println();
        terminal.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
