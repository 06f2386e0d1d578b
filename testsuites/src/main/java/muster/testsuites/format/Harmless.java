package muster.testsuites.format;

/**
 * Makes text harmless to show: control characters, which could write over a terminal, become their Unicode pictures (NUL
 * {@code ␀}, ESC {@code ␛}), all but the tab and, in texts of several lines, the newline.
 */
final class Harmless {
    private static final char PICTURES = '\u2400';
    private static final char PICTURE_OF_DELETE = '\u2421';

    private Harmless() {}

    /** Of one line. */
    static String line(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return pictured(text, false);
            }
        }
        return text;
    }

    /** Of several lines; carriage returns before newlines are left out. */
    static String lines(String text) {
        return pictured(text.replace("\r\n", "\n"), true);
    }

    private static String pictured(String text, boolean newlines) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (isControl(c) && !(newlines && c == '\n')) {
                shown.setCharAt(i, picture(c));
            }
        }
        return shown.toString();
    }

    /** What is shown for this control character. */
    static char picture(char c) {
        return c < ' ' ? (char) (PICTURES + c) : c == '\u007f' ? PICTURE_OF_DELETE : '\ufffd';
    }

    static boolean isControl(char c) {
        return c < ' ' ? c != '\t' : c >= '\u007f' && c < '\u00a0';
    }
}
