package muster.testsuites.format;

/** What was written about a result: its first and its last lines, within bounds. */
final class Excerpt {
    private static final int MOST_OF_BEGINNING = 2000;
    private static final int MOST_OF_END = 2000;

    private static final int NONE = -1;

    private final StringBuilder text = new StringBuilder();
    /** Where in the text its last lines begin; NONE as long as the beginning holds all. */
    private int end = NONE;

    private boolean cut;

    /** The beginning and the end of this text. */
    static String of(String text) {
        Excerpt excerpt = new Excerpt();
        text.lines().forEach(excerpt::add);
        return excerpt.text();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void clear() {
        if (!text.isEmpty()) {
            text.setLength(0);
            end = NONE;
            cut = false;
        }
    }

    void add(String line) {
        if (end == NONE && text.length() + line.length() <= MOST_OF_BEGINNING) {
            text.append(line).append('\n');
        } else {
            addToEnd(line);
        }
    }

    private void addToEnd(String line) {
        if (end == NONE) {
            end = text.length();
        }
        int from = Math.max(0, line.length() - MOST_OF_END);
        cut |= from > 0;
        text.append(line, from, line.length()).append('\n');
        if (text.length() - end > 2 * MOST_OF_END) {
            text.delete(end, text.length() - MOST_OF_END);
            cut = true;
        }
    }

    String text() {
        if (end == NONE) {
            int length = text.length();
            while (length > 0 && Character.isWhitespace(text.charAt(length - 1))) {
                length--;
            }
            return text.substring(0, length);
        }
        if (!cut && text.length() - end <= MOST_OF_END) {
            return text.toString().stripTrailing();
        }
        int last = Math.max(end, text.length() - MOST_OF_END);
        return (text.substring(0, end) + "…\n" + text.substring(last)).stripTrailing();
    }
}
