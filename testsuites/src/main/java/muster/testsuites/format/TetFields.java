package muster.testsuites.format;

/** The middle part of a TET record: words with one space between. */
final class TetFields {
    private final Line line;
    private final int from;
    private final int to;

    /** Those between two places of the line; good until the next line is read. */
    TetFields(Line line, int from, int to) {
        this.line = line;
        this.from = from;
        this.to = to;
    }

    /** Where the word of this place begins, or behind the end where there are not so many. */
    private int begin(int place) {
        int begin = from;
        for (int i = 0; i < place && begin <= to; i++) {
            begin = end(begin) + 1;
        }
        return begin;
    }

    private int end(int begin) {
        int space = line.indexOf(' ', begin);
        return space < 0 || space > to ? to : space;
    }

    /** The number at this place, or -1 where none stands. */
    int number(int place) {
        int begin = begin(place);
        return begin < to ? line.number(begin, end(begin)) : -1;
    }

    /** Whether a number stands there; it may be less than 0. */
    boolean isNumber(int place) {
        int begin = begin(place);
        int digits = begin < to && line.at(begin) == '-' ? begin + 1 : begin;
        return digits < to && line.number(digits, end(digits)) >= 0;
    }

    /** The number at this place, where {@link #isNumber} says that one stands. */
    int signed(int place) {
        int begin = begin(place);
        return Integer.parseInt(line.text(begin, end(begin)));
    }

    /** All but the first and the last word: a name that may hold spaces. Empty where nothing is between them. */
    String inner() {
        int begin = begin(1);
        int end = to;
        while (end > begin && line.at(end) != ' ') {
            end--;
        }
        return end > begin ? line.text(begin, end) : "";
    }
}
