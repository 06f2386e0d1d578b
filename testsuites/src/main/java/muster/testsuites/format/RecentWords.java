package muster.testsuites.format;

import java.util.Arrays;
import java.util.function.Function;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The words that were read last and what they mean, so that the few which a journal repeats become one text each, and are
 * understood once.
 */
final class RecentWords {
    private static final int BITS = 8;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final Function<String, @Nullable Verdict> meaning;
    private final Meant[] recent = new Meant[1 << BITS];

    /**
     * A word.
     *
     * @param bytes of it; those behind its end are 0, which stands in no word
     * @param verdict what it means, or null where it is none that means one
     */
    record Meant(long bytes, String text, @Nullable Verdict verdict) {}

    RecentWords(Function<String, @Nullable Verdict> meaning) {
        this.meaning = meaning;
        Arrays.fill(recent, meant(0, ""));
    }

    private Meant meant(long bytes, String text) {
        return new Meant(bytes, text, meaning.apply(text));
    }

    /** The word that stands there; words of more than eight bytes, and of others than ASCII, are understood each time. */
    Meant word(Line line, int from, int to) {
        long bytes = line.shortWord(from, to);
        int place = (int) ((bytes * SPREAD) >>> (Long.SIZE - BITS));
        Meant word = recent[place];
        if (bytes == 0) {
            return meant(bytes, line.text(from, to));
        } else if (word.bytes != bytes) {
            word = meant(bytes, line.text(from, to));
            recent[place] = word;
        }
        return word;
    }
}
