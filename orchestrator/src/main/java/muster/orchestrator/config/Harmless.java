package muster.orchestrator.config;

/** Text of a guest or a journal, made safe for a terminal or a message. The one place that decides what stays as it is. */
public final class Harmless {

    private Harmless() {}

    /** Control characters, escapes and marks that turn the direction of writing are replaced; line ends stay. */
    public static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> safe.appendCodePoint(isHarmful(point) ? 0xfffd : point));
        return safe.toString();
    }

    /** The same as one line: what stands behind a line end cannot pass for a line of ours. */
    public static String line(String text) {
        return text(text).replace('\n', ' ').replace('\t', ' ');
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
