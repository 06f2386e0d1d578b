package muster.testsuites.format;

/**
 * The last line of a journal whose format has no end of its own: {@code END: N}, N being the number of cases before it.
 * Suites of such formats add it. Without it, a journal that is whole cannot be told from one that was cut.
 */
final class EndLine {
    private static final String WORD = "END: ";
    private static final int MOST_DIGITS = 18;
    private static final long NONE = -1;

    private long announced = NONE;

    /** Whether the line is one. Whatever comes after an END line, but for empty lines, makes it one no longer. */
    boolean take(Lines.Line line) {
        String text = line.text();
        if (text.isEmpty()) {
            return false;
        }
        announced = line.ended() && text.startsWith(WORD) ? number(text) : NONE;
        return announced != NONE;
    }

    private static long number(String text) {
        int digits = text.length() - WORD.length();
        if (digits == 0 || digits > MOST_DIGITS) {
            return NONE;
        }
        long number = 0;
        for (int i = WORD.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            number = 10 * number + (c - '0');
        }
        return number;
    }

    /** How it shows that the journal was cut; empty where it was not. Tells {@code cases} what was announced. */
    String end(Cases cases) {
        if (announced == NONE) {
            return "it does not end with an END line";
        }
        cases.planned(announced);
        return announced == cases.count()
                ? ""
                : "its END line says " + announced + " results, " + cases.count() + " were read";
    }
}
