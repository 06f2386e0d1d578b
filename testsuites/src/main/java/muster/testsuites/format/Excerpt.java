package muster.testsuites.format;

/** What was written about a result: its first and its last lines, within bounds. */
final class Excerpt {
    private static final int MOST_OF_BEGINNING = 2000;
    private static final int MOST_OF_END = 2000;

    private final StringBuilder beginning = new StringBuilder();
    private final StringBuilder end = new StringBuilder();
    private boolean cut;
    private boolean empty = true;

    /** The beginning and the end of this text. */
    static String of(String text) {
        Excerpt excerpt = new Excerpt();
        text.lines().forEach(excerpt::add);
        return excerpt.text();
    }

    void clear() {
        if (empty) {
            return;
        }
        empty = true;
        beginning.setLength(0);
        end.setLength(0);
        cut = false;
    }

    void add(String line) {
        empty = false;
        if (end.isEmpty() && beginning.length() + line.length() <= MOST_OF_BEGINNING) {
            beginning.append(line).append('\n');
            return;
        }
        int from = Math.max(0, line.length() - MOST_OF_END);
        cut |= from > 0;
        end.append(line, from, line.length()).append('\n');
        if (end.length() > 2 * MOST_OF_END) {
            end.delete(0, end.length() - MOST_OF_END);
            cut = true;
        }
    }

    String text() {
        if (empty) {
            return "";
        } else if (end.isEmpty()) {
            int length = beginning.length();
            while (length > 0 && Character.isWhitespace(beginning.charAt(length - 1))) {
                length--;
            }
            return beginning.substring(0, length);
        }
        if (!cut && end.length() <= MOST_OF_END) {
            return (beginning.toString() + end).stripTrailing();
        }
        return (beginning + "…\n" + end.substring(Math.max(0, end.length() - MOST_OF_END))).stripTrailing();
    }
}
