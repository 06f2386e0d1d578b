package muster.reports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is let in at a farm's pages and API. Rows are never removed. */
public interface Tokens {

    /**
     * Adds a token.
     *
     * @param name letters, digits and {@code . _ + -}, beginning with a letter or digit, at most 100
     * @param digest the SHA-256 of its secret, in lower-case hexadecimal
     * @param expires from when on it is refused, or null for never
     * @throws IllegalArgumentException when the name is none, or there is or was one of that name
     */
    Token add(String name, Role role, String digest, Instant at, @Nullable Instant expires);

    /**
     * Takes one back, from now on.
     *
     * @throws IllegalArgumentException when there is none of that name, or it was revoked already
     */
    void revoke(String name, Instant at);

    /** The one whose secret has that digest, whether it still holds or not. */
    Optional<Token> ofDigest(String digest);

    /** All that there ever were, by name. */
    List<Token> all();
}
