package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import muster.reports.Counts;
import muster.testsuites.Verdict;

/** How values are written for people. */
final class Words {

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
     * writing are replaced; line ends stay.
     */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
            boolean mark = Character.getType(c) == Character.FORMAT;
            safe.appendCodePoint(control || mark ? 0xfffd : c);
        });
        return safe.toString();
    }
}
