package muster.orchestrator.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import muster.reports.Role;
import muster.reports.Token;
import muster.reports.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that are signed in, with a token or with the one-time code of this host's own user. They last as long as this process, at
 * most {@link #LASTS}, and no longer than their token. Safe for many threads.
 */
final class Sessions {

    static final Duration LASTS = Duration.ofHours(12);
    private static final int MOST = 1_000;

    private final Tokens tokens;
    private final Clock clock;
    private final String owner;
    private final Map<String, Session> byDigest = new LinkedHashMap<>();
    private @Nullable String code;

    /** @param owner the name of this host's own user */
    Sessions(Tokens tokens, Clock clock, String owner) {
        this.tokens = tokens;
        this.clock = clock;
        this.owner = owner;
    }

    /** A code that signs this host's own user in, once; an earlier one is forgotten. */
    synchronized String offer() {
        String fresh = Secrets.fresh();
        code = Secrets.digest(fresh);
        return fresh;
    }

    /**
     * Signs in.
     *
     * @param secret a token, or the one-time code
     * @return the secret of a session, or empty when it is neither
     */
    Optional<String> signIn(String secret) {
        String digest = Secrets.digest(secret);
        Instant now = clock.instant();
        if (isCode(digest)) {
            return Optional.of(add(new Session(owner, Role.ADMIN, null, now.plus(LASTS))));
        }
        return tokens.ofDigest(digest)
                .filter(token -> token.holds(now))
                .map(token -> add(new Session(name(token), token.role(), digest, now.plus(LASTS))));
    }

    static String name(Token token) {
        return "token " + token.name();
    }

    private synchronized boolean isCode(String digest) {
        boolean is = code != null && Secrets.same(digest, code);
        if (is) {
            code = null;
        }
        return is;
    }

    private synchronized String add(Session session) {
        Instant now = clock.instant();
        byDigest.values().removeIf(each -> !now.isBefore(each.ends()));
        if (byDigest.size() >= MOST) {
            byDigest.remove(byDigest.keySet().iterator().next());
        }
        String secret = Secrets.fresh();
        byDigest.put(Secrets.digest(secret), session);
        return secret;
    }

    /** The session of a secret, while it and its token hold. */
    Optional<Session> find(String secret) {
        Session session;
        synchronized (this) {
            session = byDigest.get(Secrets.digest(secret));
        }
        Instant now = clock.instant();
        if (session == null || !now.isBefore(session.ends())) {
            return Optional.empty();
        }
        String digest = session.digest();
        boolean holds = digest == null
                || tokens.ofDigest(digest).filter(token -> token.holds(now)).isPresent();
        return holds ? Optional.of(session) : Optional.empty();
    }

    synchronized void signOut(String secret) {
        byDigest.remove(Secrets.digest(secret));
    }
}
