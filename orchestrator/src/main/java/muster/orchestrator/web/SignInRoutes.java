package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import muster.reports.LiveSite;
import muster.reports.site.SignInPage;

/** Signing in and out with a browser. */
final class SignInRoutes {

    private final LiveSite site;
    private final Looks looks;
    private final Sessions sessions;
    private final Gate gate;

    SignInRoutes(LiveSite site, Looks looks, Sessions sessions, Gate gate) {
        this.site = site;
        this.looks = looks;
        this.sessions = sessions;
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sign-in.html", null, this::form),
                Route.post("/sign-in", null, "sign in", this::signIn),
                Route.post("/sign-out", null, "sign out", this::signOut));
    }

    private void form(Context request) {
        String code = Objects.requireNonNullElse(request.queryParam("code"), "");
        Answers.page(
                request,
                site.signIn(new SignInPage("", code.matches("[0-9a-f]{64}") ? code : ""), looks.live(request)));
    }

    private void signIn(Context request) {
        Optional<String> session = sessions.signIn(Answers.field(request, "token"));
        if (session.isEmpty()) {
            gate.guessed(request);
            throw new Problem.Met(
                    HttpStatus.FORBIDDEN,
                    "cannot sign you in: this is no token of this farm, or it has expired, was revoked, or was a code for one"
                            + " time only");
        }
        sessions.find(session.get()).ifPresent(each -> new Asker(each.name(), each.role(), each).put(request));
        request.cookie(cookie(session.get(), (int) Sessions.LASTS.toSeconds()));
        Answers.see(request, "index.html", "");
    }

    private void signOut(Context request) {
        String cookie = request.cookie(Gate.COOKIE);
        if (cookie != null) {
            sessions.signOut(cookie);
        }
        request.cookie(cookie("", 0));
        request.redirect("/index.html", HttpStatus.SEE_OTHER);
    }

    private static Cookie cookie(String value, int seconds) {
        return new Cookie(Gate.COOKIE, value, "/", seconds, false, true, null, SameSite.STRICT);
    }
}
