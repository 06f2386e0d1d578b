package muster.orchestrator.config;

import java.util.Collection;
import java.util.Iterator;

/** How lists and pieces of files are written in messages. */
final class Words {

    private static final int LONGEST = 60;

    private Words() {}

    /** {@code one of a, b, c}, or just {@code a}. */
    static String oneOf(Collection<String> words) {
        return (words.size() == 1 ? "" : "one of ") + String.join(", ", words);
    }

    /** {@code a, b or c}. */
    static String or(Collection<String> words) {
        StringBuilder text = new StringBuilder();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!text.isEmpty()) {
                text.append(rest.hasNext() ? ", " : " or ");
            }
            text.append(word);
        }
        return text.toString();
    }

    /** In quotes, in one line, of a bearable length, without characters that a terminal would obey. */
    static String quoted(String text) {
        String plain = text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + plain + (text.codePointCount(0, text.length()) > LONGEST ? "...'" : "'");
    }
}
