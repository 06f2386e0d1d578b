package muster.testsuites.format;

/**
 * The last line of a journal whose format has no end of its own: {@code END: N}, N being the number of cases before it.
 * Suites of such formats add it. Without it, a journal that is whole cannot be told from one that was cut.
 */
final class EndLine {
    private static final Word WORD = Word.of("END: ");
    private static final int MOST_DIGITS = 18;
    private static final long NONE = -1;

    private long announced = NONE;

    /** Whether the line is one. Whatever comes after an END line, but for empty lines, makes it one no longer. */
    boolean take(Line line) {
        if (line.isEmpty()) {
            return false;
        }
        announced = line.startsWith(WORD, 0) && line.ended() ? number(line) : NONE;
        return announced != NONE;
    }

    private static long number(Line line) {
        int from = WORD.length();
        int digits = line.length() - from;
        boolean isNumber = digits > 0 && digits <= MOST_DIGITS && line.afterDigits(from) == line.length();
        return isNumber ? Long.parseLong(line.text(from)) : NONE;
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
