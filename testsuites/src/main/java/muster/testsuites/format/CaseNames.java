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
     * @param hash of the name
     * @throws IOException when there is no room for one more case
     */
    String unique(String name, long hash) throws IOException {
        if (cases == MOST_CASES) {
            throw new IOException("no more are taken");
        }
        cases++;
        if (name.length() > LONGEST_NAME) {
            String cut = name.substring(0, wholeCharacters(name)) + "…";
            return counted(cut, Name.of(cut).hash());
        }
        return counted(name, hash);
    }

    private String counted(String name, long hash) throws IOException {
        int count = counts.add(hash);
        return count == 1 ? name : numbered(name, hash, count);
    }

    private String numbered(String name, long hash, int first) throws IOException {
        int count = first;
        while (true) {
            String unique = name + " #" + count;
            if (counts.add(Name.of(unique).hash()) == 1) {
                return unique;
            }
            count = counts.add(hash);
        }
    }

    private static int wholeCharacters(String name) {
        return Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    }

    @Override
    public void close() {
        counts.close();
    }
}
