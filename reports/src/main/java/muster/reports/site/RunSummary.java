package muster.reports.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.view.RunLine;

/**
 * A run in one line, worded.
 *
 * @param live whether it has not ended
 * @param took from queued to its end, or to now
 * @param outcomes each outcome with its cells, in the order of {@link muster.reports.Outcome}
 * @param open cells that have not ended
 */
public record RunSummary(RunLine line, boolean live, Duration took, List<Tally> outcomes, int open) {

    /** How many there are of something. */
    public record Tally(State state, int count) {}

    static RunSummary of(RunLine line, Instant now) {
        Instant end = line.endedAt();
        List<Tally> outcomes = new ArrayList<>();
        new TreeMap<>(line.outcomes()).forEach((outcome, count) -> outcomes.add(new Tally(State.of(outcome), count)));
        int ended = outcomes.stream().mapToInt(Tally::count).sum();
        return new RunSummary(
                line,
                end == null,
                Duration.between(line.queuedAt(), end == null ? now : end),
                outcomes,
                line.cells() - ended);
    }

    /** {@code 4 of 6 cells have ended: 3 passed, 1 failed}. */
    public String sentence() {
        String words = outcomes.stream()
                .map(tally -> tally.count() + " " + tally.state().word())
                .collect(Collectors.joining(", "));
        if (!live) {
            return words.isEmpty() ? "It had no cells." : "Of " + line.cells() + " cells: " + words + ".";
        }
        int ended = line.cells() - open;
        return ended + " of " + line.cells() + " cells have ended" + (words.isEmpty() ? "." : ": " + words + ".");
    }
}
