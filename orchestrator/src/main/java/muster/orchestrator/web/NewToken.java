package muster.orchestrator.web;

import java.time.Duration;
import java.time.Instant;
import muster.reports.Role;
import muster.reports.Token;
import muster.reports.Tokens;
import org.jspecify.annotations.Nullable;

/** A token that was made just now, with its secret, which is nowhere else. */
public record NewToken(TokenLine token, String secret) {

    private static final Duration MOST = Duration.ofDays(3_650);

    /**
     * Makes one.
     *
     * @param expires after how long it is refused, or null for never
     * @throws IllegalArgumentException with a message for people
     */
    public static NewToken make(Tokens tokens, String name, Role role, Instant now, @Nullable Duration expires) {
        if (expires != null && (!expires.isPositive() || expires.compareTo(MOST) > 0)) {
            throw new IllegalArgumentException(
                    "cannot create a token that expires after " + expires.toSeconds() + " s: expected up to 3650 days");
        }
        String secret = Secrets.fresh();
        Token token = tokens.add(name, role, Secrets.digest(secret), now, expires == null ? null : now.plus(expires));
        return new NewToken(TokenLine.of(token), secret);
    }
}
