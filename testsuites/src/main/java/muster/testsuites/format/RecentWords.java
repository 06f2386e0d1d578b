package muster.testsuites.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The words that were read last, so that the few which a journal repeats become one text each, and not one for each case. */
final class RecentWords {
    private static final int PLACES = 64;
    private static final int LONGEST = 32;

    private final @Nullable String[] recent = new String[PLACES];

    /** These bytes of ASCII as a text. */
    String word(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "";
        } else if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        int place = (bytes[from] + 3 * bytes[to - 1] + 5 * length) & (PLACES - 1);
        String there = recent[place];
        if (there != null && is(there, bytes, from, length)) {
            return there;
        }
        String word = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        recent[place] = word;
        return word;
    }

    private static boolean is(String word, byte[] bytes, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
