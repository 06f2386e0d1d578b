package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import muster.reports.AuditEntry;
import muster.reports.Role;
import muster.reports.Token;
import muster.reports.Tokens;
import org.jspecify.annotations.Nullable;

/** Who is let in, and who did what. */
final class AccessRoutes {

    private static final int ENTRIES = 100;

    private final Held held;

    AccessRoutes(Held held) {
        this.held = held;
    }

    List<Route> routes() {
        return List.of(
                Route.get(HomeApi.API + "/tokens", Role.ADMIN, this::list),
                Route.post(HomeApi.API + "/tokens", Role.ADMIN, "create token", this::create),
                Route.post(HomeApi.API + "/tokens/{name}/revoke", Role.ADMIN, "revoke token", this::revoke),
                Route.get(HomeApi.API + "/audit", Role.ADMIN, this::audit));
    }

    /**
     * A token to be made.
     *
     * @param role its word
     * @param expiresSeconds after how long it is refused, or null for never
     */
    record TokenRequest(String name, String role, @Nullable Long expiresSeconds) {}

    private void list(Context request) {
        Answers.json(
                request, held.store().tokens().all().stream().map(TokenLine::of).toList());
    }

    private void create(Context request) {
        TokenRequest asked = Answers.body(request, TokenRequest.class);
        Long seconds = asked.expiresSeconds();
        Gate.subject(request, asked.name() + ", " + asked.role());
        NewToken made = NewToken.make(
                held.store().tokens(),
                asked.name(),
                Role.ofWord(asked.role()),
                held.clock().instant(),
                seconds == null ? null : Duration.ofSeconds(seconds));
        request.status(HttpStatus.CREATED);
        Answers.json(request, made);
    }

    private void revoke(Context request) {
        String name = request.pathParam("name");
        Gate.subject(request, name);
        held.store().tokens().revoke(name, held.clock().instant());
    }

    private void audit(Context request) {
        Answers.json(request, entries(held, request));
    }

    static List<AuditEntry> entries(Held held, Context request) {
        String word = request.queryParam("before");
        long before = word == null || !word.matches("[0-9]{1,15}") ? Long.MAX_VALUE : Long.parseLong(word);
        return held.store().audit().newest(ENTRIES, before);
    }

    /** Whether anybody could be let in with a token at a moment. */
    static boolean any(Tokens tokens, Instant now) {
        return tokens.all().stream().anyMatch((Token token) -> token.holds(now));
    }
}
