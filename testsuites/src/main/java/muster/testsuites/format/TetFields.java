package muster.testsuites.format;

/** The middle part of a TET record, word by word: there is one space between two. Each method goes on behind what it read. */
final class TetFields {
    /** No number that is read. */
    static final int NONE = Integer.MIN_VALUE;

    private Line line = new Line();
    private int at;
    private int to;

    /** Those between two places of the line, where a bar stands at the second; good until the next line is read. */
    void begin(Line in, int from, int end) {
        line = in;
        at = from;
        to = end;
    }

    /** The number that is the next word, or -1 where none is. */
    int number() {
        int begin = at;
        if (begin >= to) {
            return -1;
        }
        int end = line.afterDigits(begin);
        at = end + 1;
        return end == to || line.at(end) == ' ' ? line.number(begin, end) : -1;
    }

    /** The same for a number that may be less than 0, or NONE. */
    int signed() {
        boolean negative = line.at(at) == '-';
        at += negative ? 1 : 0;
        int number = number();
        return number < 0 ? NONE : negative ? -number : number;
    }

    /** All that is left but the last word: a name that may hold spaces. Empty where nothing is between them. */
    String inner() {
        int end = to;
        while (end > at && line.at(end) != ' ') {
            end--;
        }
        return end > at ? line.text(at, end) : "";
    }
}
