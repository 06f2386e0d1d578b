package muster.orchestrator.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import muster.orchestrator.config.Digests;

/** Random secrets, and what is kept of them. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 256 random bits in hexadecimal. */
    public static String fresh() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** SHA-256 in lower-case hexadecimal; of 256 random bits it tells nothing. */
    public static String digest(String secret) {
        return Digests.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes as long whether they differ at the beginning or at the end. */
    static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
