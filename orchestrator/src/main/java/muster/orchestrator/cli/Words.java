package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import muster.orchestrator.config.Harmless;
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

    /** {@link Harmless#text}. */
    static String harmless(String text) {
        return Harmless.text(text);
    }

    /** {@link Harmless#line}. */
    static String line(String text) {
        return Harmless.line(text);
    }
}
