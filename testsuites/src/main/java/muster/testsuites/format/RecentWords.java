package muster.testsuites.format;

import org.jspecify.annotations.Nullable;

/** The words that were read last, so that the few which a journal repeats become one text each, and not one for each case. */
final class RecentWords {
    private static final int BITS = 6;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** The bytes of each word; those behind its end are 0, which stands in no word. */
    private final long[] recent = new long[1 << BITS];

    private final @Nullable String[] texts = new String[1 << BITS];

    /** So many bytes of ASCII as a text, of which eight can be looked at; longer words are not kept. */
    String word(byte[] bytes, int from, int length) {
        if (length == 0) {
            return "";
        } else if (length > Long.BYTES) {
            return Bytes.ascii(bytes, from, length);
        }
        long word = Bytes.eight(bytes, from) << (Long.SIZE - Byte.SIZE * length);
        int place = (int) ((word * SPREAD) >>> (Long.SIZE - BITS));
        String text = texts[place];
        if (text == null || recent[place] != word) {
            text = Bytes.ascii(bytes, from, length);
            texts[place] = text;
            recent[place] = word;
        }
        return text;
    }
}
