package muster.orchestrator.web;

import java.time.Instant;
import muster.reports.Token;
import org.jspecify.annotations.Nullable;

/** A token without its secret, as it goes over the wire and as {@code token list --json} prints it. */
public record TokenLine(
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public static TokenLine of(Token token) {
        return new TokenLine(
                token.name(), token.role().word(), token.createdAt(), token.expiresAt(), token.revokedAt());
    }

    /** Whether it lets anybody in at a moment. */
    public boolean holds(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
