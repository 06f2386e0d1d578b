package muster.reports.export;

/**
 * Makes text fit for a file of text: characters that such files may not hold are shown by others. Control characters become
 * their pictures ({@code ␛}), what is no character U+FFFD.
 */
final class Characters {

    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int NONE = 0xfffd;

    private Characters() {}

    /** All but tabs and newlines stand for themselves or are shown. */
    static int shown(int point) {
        if (point == '\n' || point == '\t') {
            return point;
        }
        if (point < ' ') {
            return PICTURES + point;
        }
        if (point == 0x7f) {
            return PICTURE_OF_DELETE;
        }
        boolean c1 = point > 0x7f && point < 0xa0;
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return c1 || half || (point & 0xfffe) == 0xfffe ? NONE : point;
    }
}
