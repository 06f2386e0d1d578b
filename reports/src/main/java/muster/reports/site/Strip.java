package muster.reports.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of marks, one for each run, the newest at the right.
 *
 * @param marks the oldest first
 * @param summary the same in words
 */
public record Strip(List<Mark> marks, String summary) {

    /** One run: its state and what the mark's title says. */
    public record Mark(long run, State state, String title) {}

    /** Neighbours in the same state, in words: {@code passed in runs 1 to 7, failed in run 8}. */
    static Strip of(List<Mark> marks) {
        record Stretch(long from, long to, String word) {
            String words() {
                return word + (from == to ? " in run " + from : " in runs " + from + " to " + to);
            }
        }
        List<Stretch> stretches = new ArrayList<>();
        for (Mark mark : marks) {
            String word = mark.state().word();
            if (!stretches.isEmpty() && stretches.getLast().word().equals(word)) {
                stretches.set(
                        stretches.size() - 1, new Stretch(stretches.getLast().from(), mark.run(), word));
            } else {
                stretches.add(new Stretch(mark.run(), mark.run(), word));
            }
        }
        return new Strip(marks, stretches.stream().map(Stretch::words).collect(Collectors.joining(", ")));
    }
}
