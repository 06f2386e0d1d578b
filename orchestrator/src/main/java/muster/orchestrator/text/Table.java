package muster.orchestrator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import muster.orchestrator.config.Harmless;

/** Plain text in columns, each as wide as its widest entry, the last one as wide as the line allows. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** Entries may be text of guests: each becomes one harmless line. */
    public Table row(String... entries) {
        rows.add(Stream.of(entries).map(Harmless::line).toList());
        return this;
    }

    /** The rows as lines of at most {@code width} characters; what does not fit ends with an ellipsis. */
    public List<String> lines(int width) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                }
            }
            String text = line.toString().stripTrailing();
            lines.add(text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…");
        }
        return lines;
    }
}
