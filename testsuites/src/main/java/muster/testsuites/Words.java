package muster.testsuites;

import java.nio.charset.StandardCharsets;
import muster.testsuites.GuestShell.Answer;

/** Words to and from a guest's shell. */
final class Words {
    private static final int LONGEST = 500;

    private Words() {}

    /** {@code text} as one word of a POSIX shell, quoted only where it must be. */
    static String plain(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : quoted(text);
    }

    /** {@code text} as one word of a POSIX shell, whatever it holds. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a failed command said, for a message: its exit status and the tail of its output. */
    static String said(Answer answer) {
        String text = printable((answer.error() + answer.output()).strip());
        return "exit status " + answer.status() + (text.isEmpty() ? "" : ": " + tail(text));
    }

    static String tail(String text) {
        return text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST);
    }

    /** Without what could steer a terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n]]", "\ufffd");
    }
}
