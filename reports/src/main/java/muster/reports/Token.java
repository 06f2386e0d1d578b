package muster.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows to be let in, as the store has it: without the secret, of which it keeps a digest alone.
 *
 * @param name of whom or what it is; no two tokens of a farm ever have the same
 * @param expiresAt from when on it is refused, or null
 * @param revokedAt when it was taken back, or null
 */
public record Token(
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Whether it lets anybody in at a moment. */
    public boolean holds(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
