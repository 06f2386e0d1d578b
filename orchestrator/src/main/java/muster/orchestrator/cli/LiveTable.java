package muster.orchestrator.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import muster.orchestrator.config.Durations;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.text.Table;
import muster.orchestrator.web.RunEnds;
import muster.reports.Attempt;
import muster.reports.Outcome;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a table of cells. */
final class LiveTable {

    private LiveTable() {}

    /** The table; where it is higher than the terminal, cells that are done or queued are counted instead of shown. */
    static List<AttributedString> lines(
            List<CellStatus> cells,
            Map<Attempt, Outlook> outlooks,
            Instant now,
            int width,
            int height,
            boolean colour) {
        List<CellStatus> shown = cells;
        if (cells.size() + 2 > height) {
            shown = cells.stream()
                    .filter(cell -> cell.outcome() == null && cell.startedAt() != null)
                    .limit(Math.max(1, height - 2))
                    .toList();
        }
        Table table = new Table().row("cell", "step", "elapsed", "left", "verdicts");
        for (CellStatus cell : shown) {
            table.row(
                    Words.harmless(cell.label()),
                    step(cell),
                    elapsed(cell, now),
                    left(cell, now),
                    last(cell, outlooks, now));
        }
        List<String> plain = table.lines(width - 1);
        List<AttributedString> lines = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            AttributedStyle style = i == 0 || !colour ? AttributedStyle.DEFAULT : style(shown.get(i - 1));
            lines.add(new AttributedStringBuilder().styled(style, plain.get(i)).toAttributedString());
        }
        List<Outlook.@Nullable Span> ends = new ArrayList<>();
        cells.stream()
                .filter(cell -> cell.outcome() == null)
                .map(CellStatus::attempt)
                .forEach(attempt -> {
                    Outlook outlook = outlooks.get(attempt);
                    ends.add(outlook == null ? null : outlook.ends());
                });
        lines.add(new AttributedString(
                foot(cells) + (ends.isEmpty() || outlooks.isEmpty() ? "" : "; " + RunEnds.ends(ends, now))));
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

    private static String last(CellStatus cell, Map<Attempt, Outlook> outlooks, Instant now) {
        Outlook outlook = outlooks.get(cell.attempt());
        if (outlook != null && cell.outcome() == null && !outlook.waits().isEmpty()) {
            return Words.harmless(outlook.sentence(now));
        }
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
}
