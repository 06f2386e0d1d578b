package muster.orchestrator.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.Harmless;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.text.Table;
import muster.reports.Counts;
import muster.reports.Step;

/** How a farm stands, as text for a terminal. */
public final class StatusText {

    private StatusText() {}

    /**
     * The cells in columns, when their runs will have ended, and how to enter the guests that are kept.
     *
     * @param lines {@link #withKept}
     * @param width characters in a line of the table
     */
    public static List<String> of(String heading, List<StatusLine> lines, List<Kept> kept, Instant now, int width) {
        List<String> text = new ArrayList<>();
        text.add(heading);
        if (!lines.isEmpty()) {
            text.addAll(table(lines, now).lines(width));
        }
        text.addAll(RunEnds.lines(lines, now));
        kept.forEach(each -> text.add(each.sentence(now)));
        return text;
    }

    /** The cells, and those of earlier runs whose guests are kept. */
    public static List<StatusLine> withKept(List<StatusLine> lines, List<Kept> kept) {
        List<StatusLine> all = new ArrayList<>(lines);
        for (Kept each : kept) {
            String cell = each.cell().toString();
            boolean shown = false;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).run() == each.run() && all.get(i).cell().equals(cell)) {
                    all.set(i, all.get(i).keptUntil(each.attempt(), each.until()));
                    shown = true;
                }
            }
            if (!shown) {
                StatusLine line =
                        StatusLine.of(each.run(), each.cell(), Step.DONE, null, null, Counts.NONE, each.outcome(), "");
                all.add(line.keptUntil(each.attempt(), each.until()));
            }
        }
        return all;
    }

    /** A row for each cell. */
    public static Table table(List<StatusLine> lines, Instant now) {
        Table table = new Table().row("run", "cell", "step", "elapsed", "left", "verdicts");
        for (StatusLine line : lines) {
            table.row(
                    Long.toString(line.run()),
                    line.cell(),
                    line.outcome() == null ? line.step() : line.outcome(),
                    elapsed(line, now).map(Durations::format).orElse(""),
                    left(line, now),
                    last(line, now));
        }
        return table;
    }

    private static Optional<Duration> elapsed(StatusLine line, Instant now) {
        String from = line.startedAt();
        String to = line.endedAt();
        if (from == null) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(Instant.parse(from), to == null ? now : Instant.parse(to)));
    }

    private static String left(StatusLine line, Instant now) {
        Long expected = line.expectedSeconds();
        if (expected == null || line.outcome() != null) {
            return "";
        }
        return "~"
                + Durations.format(
                        Duration.ofSeconds(expected).minus(elapsed(line, now).orElse(Duration.ZERO)));
    }

    static String last(StatusLine line, Instant now) {
        if (line.outcome() == null && !line.waits().isEmpty()) {
            return Harmless.text(Outlook.sentence(line.waits(), line.starts(), now));
        }
        String counts = line.verdicts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String said = line.why().isEmpty() ? line.detail() : line.why();
        return Harmless.text(said.isEmpty() ? counts : counts.isEmpty() ? said : counts + "; " + said)
                .lines()
                .findFirst()
                .orElse("");
    }
}
