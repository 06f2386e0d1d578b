package muster.testsuites.format;

import java.util.Optional;

/**
 * Makes the names of one journal's cases unique: the second {@code name} becomes {@code name #2}, by order. A journal
 * comes from a guest, so memory is bounded twice: a name is kept as a 64-bit number only, and there is a ceiling on how
 * many there may be.
 */
final class CaseNames {
    /** Past this many cases a journal is no longer read: 24 bytes each. */
    static final int MOST_CASES = 1_000_000;

    /** Longer names are cut, which {@code …} shows. */
    static final int LONGEST_NAME = 500;

    private long[] keys = new long[1024];
    private int[] counts = new int[1024];
    private int names;
    private int cases;

    /** The unique name for the next case of that name; empty past {@link #MOST_CASES}. */
    Optional<String> unique(String name) {
        if (cases == MOST_CASES) {
            return Optional.empty();
        }
        cases++;
        String base = name.length() <= LONGEST_NAME ? name : name.substring(0, wholeCharacters(name)) + "…";
        int count = count(base);
        String unique = base;
        while (count > 1) {
            unique = base + " #" + count;
            count = count(unique) == 1 ? 1 : count(base);
        }
        return Optional.of(unique);
    }

    private static int wholeCharacters(String name) {
        return Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    }

    /** How often this name was seen, this time included. */
    private int count(String name) {
        if (2 * names >= keys.length) {
            grow();
        }
        int place = place(keys, key(name));
        if (counts[place] == 0) {
            keys[place] = key(name);
            names++;
        }
        return ++counts[place];
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int place = place(keys, oldKeys[i]);
                keys[place] = oldKeys[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    private static int place(long[] keys, long key) {
        int place = (int) key & (keys.length - 1);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    /** FNV-1a over the characters, then the finishing steps of MurmurHash3; never 0, which marks a free place. */
    private static long key(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
