package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import muster.reports.Counts;
import muster.testsuites.Verdict;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** How values are written for people. */
final class Words {

    /** Writes what {@code --json} prints: all beyond ASCII is escaped, so that nothing in it steers a terminal. */
    static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Words() {}

    /** {@code 1046 pass, 17 fail, 43 skip}; verdicts that no case came to are left out. */
    static String of(Counts counts) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            if (counts.of(verdict) > 0) {
                parts.add(counts.of(verdict) + " " + verdict.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", parts);
    }

    /**
     * Text of a guest or a journal, safe for a terminal: control characters, escapes and marks that turn the direction of
     * writing are replaced; line ends stay. This is the one place that decides what reaches a terminal as it is.
     */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> safe.appendCodePoint(isHarmful(point) ? 0xfffd : point));
        return safe.toString();
    }

    /** The same as one line: what stands behind a line end cannot pass for a line of ours. */
    static String line(String text) {
        return harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
