package muster.orchestrator.web;

import io.javalin.http.Context;
import java.util.Objects;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name for people and the audit log, e.g. {@code token night-watch}; empty for who did not say
 * @param role what they may do, or null for nothing
 * @param session where they are signed in with a browser, or null
 */
record Asker(String name, @Nullable Role role, @Nullable Session session) {

    private static final String ATTRIBUTE = "asker";

    static final Asker NOBODY = new Asker("", null, null);

    /** Somebody of this host: it may look, as everybody there may. */
    static final Asker NEIGHBOUR = new Asker("", Role.READER, null);

    boolean may(Role needed) {
        return role != null && role.allows(needed);
    }

    void put(Context request) {
        request.attribute(ATTRIBUTE, this);
    }

    static Asker of(Context request) {
        return Objects.requireNonNullElse(request.attribute(ATTRIBUTE), NOBODY);
    }
}
