package muster.orchestrator.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.List;
import muster.reports.LiveSite;
import muster.reports.site.Live;
import muster.reports.site.ProblemPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a {@link Problem} where there is no other answer; a browser that asked for a page gets one that says the same. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final LiveSite site;
    private final Held held;

    Problems(LiveSite site, Held held) {
        this.site = site;
        this.held = held;
    }

    void register(RoutesConfig routes) {
        routes.exception(Problem.Met.class, (met, request) -> answer(request, met.problem()));
        routes.exception(
                IllegalArgumentException.class,
                (wrong, request) ->
                        answer(request, Problem.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()))));
        routes.exception(
                JacksonException.class,
                (wrong, request) -> answer(
                        request,
                        Problem.of(HttpStatus.BAD_REQUEST, "cannot read the request: " + wrong.getOriginalMessage())));
        routes.exception(
                HttpResponseException.class,
                (met, request) -> answer(
                        request,
                        new Problem(
                                "about:blank",
                                HttpStatus.forStatus(met.getStatus()).getMessage(),
                                met.getStatus(),
                                "cannot answer: "
                                        + String.valueOf(met.getMessage()).toLowerCase(java.util.Locale.ROOT))));
        routes.exception(Exception.class, (broken, request) -> {
            LOG.error("cannot answer {} {}", request.method(), request.path(), broken);
            answer(
                    request,
                    Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "cannot answer: something went wrong here; the program's own log tells more"));
        });
    }

    private void answer(Context request, Problem problem) {
        request.status(problem.status());
        if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()) {
            request.header("WWW-Authenticate", "Bearer realm=\"muster\"");
        }
        String accepts = String.valueOf(request.header("Accept"));
        if (request.path().startsWith(HomeApi.API) || !accepts.contains("text/html")) {
            request.contentType(Problem.MEDIA_TYPE).result(JSON.writeValueAsBytes(problem));
            return;
        }
        if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()
                && request.method().name().equals("GET")) {
            request.redirect("/sign-in.html", HttpStatus.SEE_OTHER);
            return;
        }
        Asker asker = Asker.of(request);
        Live live = new Live(
                asker.name(),
                asker.role(),
                asker.session() != null,
                "",
                java.util.Map.of(),
                List.of(),
                "",
                Looks.home(held));
        long folders =
                Math.max(0, request.path().chars().filter(each -> each == '/').count() - 1);
        request.contentType("text/html; charset=utf-8")
                .result(site.problem(
                        new ProblemPage(problem.status(), problem.title(), problem.detail()),
                        "../".repeat((int) Math.min(20, folders)),
                        live));
    }
}
