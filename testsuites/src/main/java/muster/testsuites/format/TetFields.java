package muster.testsuites.format;

/** The middle part of a TET record: words with spaces between. */
final class TetFields {
    private final String[] words;

    TetFields(String text) {
        words = text.split(" ", -1);
    }

    /** The number at this place, or -1 where none stands. */
    int number(int place) {
        return place < words.length ? Texts.number(words[place]) : -1;
    }

    /** Whether a number stands there; it may be less than 0. */
    boolean isNumber(int place) {
        return place < words.length
                && Texts.number(words[place].startsWith("-") ? words[place].substring(1) : words[place]) >= 0;
    }

    /** The number at this place, where {@link #isNumber} says that one stands. */
    int signed(int place) {
        return Integer.parseInt(words[place]);
    }

    /** The words but for the first and the last so many: a name that may hold spaces. */
    String between(int first, int last) {
        StringBuilder name = new StringBuilder();
        for (int i = first; i < words.length - last; i++) {
            name.append(i == first ? "" : " ").append(words[i]);
        }
        return name.toString();
    }
}
