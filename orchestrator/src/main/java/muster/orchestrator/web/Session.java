package muster.orchestrator.web;

import java.time.Instant;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/** A browser that is signed in. Safe for many threads. */
final class Session {

    private final String name;
    private final Role role;
    private final @Nullable String digest;
    private final Instant ends;
    private String said = "";

    /** @param digest of the token that it signed in with, or null for this host's own user */
    Session(String name, Role role, @Nullable String digest, Instant ends) {
        this.name = name;
        this.role = role;
        this.digest = digest;
        this.ends = ends;
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    @Nullable
    String digest() {
        return digest;
    }

    Instant ends() {
        return ends;
    }

    /** What the next page that it asks for begins with. */
    synchronized void say(String words) {
        said = words;
    }

    /** What was {@link #say said} since it was asked last. */
    synchronized String take() {
        String words = said;
        said = "";
        return words;
    }
}
