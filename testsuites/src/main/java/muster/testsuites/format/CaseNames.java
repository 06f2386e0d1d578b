package muster.testsuites.format;

import java.io.IOException;

/**
 * Makes the names of one journal's cases unique: the second {@code name} becomes {@code name #2}, by order. A journal
 * comes from a guest, so there is a ceiling on how many there may be, and on how long they are.
 */
final class CaseNames implements AutoCloseable {
    /** Past this many cases a journal is no longer read. */
    static final int MOST_CASES = NameCounts.MOST;

    /** Longer names are cut, which {@code …} shows. */
    static final int LONGEST_NAME = 500;

    private final NameCounts counts = new NameCounts();
    private int cases;

    /**
     * The unique name for the next case of that name.
     *
     * @throws IOException when there is no room for one more case
     */
    String unique(Name name) throws IOException {
        if (cases == MOST_CASES) {
            throw new IOException("no more are taken");
        }
        cases++;
        String text = name.text();
        Name base = text.length() <= LONGEST_NAME ? name : Name.of(text.substring(0, wholeCharacters(text)) + "…");
        int count = counts.add(base.hash());
        String unique = base.text();
        while (count > 1) {
            unique = base.text() + " #" + count;
            count = counts.add(Name.of(unique).hash()) == 1 ? 1 : counts.add(base.hash());
        }
        return unique;
    }

    private static int wholeCharacters(String name) {
        return Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    }

    @Override
    public void close() {
        counts.close();
    }
}
