package muster.reports.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Makes any text fit for the database. Guests choose these texts, so each has a bound. Characters are kept as they are,
 * but for two that a database cannot hold: NUL becomes {@code U+2400} and half a surrogate pair {@code U+FFFD}.
 */
final class Texts {

    /** A case's name: in characters. */
    static final int NAME = 512;

    static final int WORD = 100;
    static final int MESSAGE = 10_000;
    static final int NOTE = 10_000;
    static final int FACT = 65_536;

    private Texts() {}

    /** A name within {@link #NAME}. A longer one ends in a digest of the whole, so that different names stay different. */
    static String name(String name) {
        if (name.length() <= NAME) {
            return clean(name);
        }
        byte[] digest = sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        String end = "…" + HexFormat.of().formatHex(digest, 0, 16);
        return clean(name.substring(0, NAME - end.length()) + end);
    }

    /** A text within {@code limit} characters; a longer one is cut there and says so after it. */
    static String bounded(String text, int limit) {
        if (text.length() <= limit) {
            return clean(text);
        }
        return clean(text.substring(0, limit)) + "… (cut at " + limit + " of " + text.length() + " characters)";
    }

    static UUID digest(String... texts) {
        MessageDigest sha256 = sha256();
        for (String text : texts) {
            sha256.update(text.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
        }
        return digest(sha256);
    }

    /** The first 16 bytes of a SHA-256, as the databases' 16-byte type. */
    static UUID digest(MessageDigest sha256) {
        var bytes = java.nio.ByteBuffer.wrap(sha256.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a database can hold it as it is. */
    static boolean isClean(String text) {
        return clean(text).equals(text);
    }

    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> clean.appendCodePoint(
                        switch (point) {
                            case 0 -> 0x2400;
                            default ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point;
                        }));
        return clean.toString();
    }
}
