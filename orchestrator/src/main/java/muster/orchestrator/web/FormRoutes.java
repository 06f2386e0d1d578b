package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.LiveSite;
import muster.reports.RecordedWaiver;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/** What the buttons of pages do: the API's deeds, asked for by plain forms. */
final class FormRoutes {

    private final Held held;
    private final LiveSite site;
    private final Looks looks;
    private final FarmPageRoutes farm;

    FormRoutes(Held held, LiveSite site, Looks looks, FarmPageRoutes farm) {
        this.held = held;
        this.site = site;
        this.looks = looks;
        this.farm = farm;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/queue", Role.OPERATOR, "queue", this::queue),
                Route.post("/keep", Role.OPERATOR, "keep", this::keep),
                Route.post("/waive", Role.OPERATOR, "waive", this::waive),
                Route.post("/run/{run}/cancel", Role.OPERATOR, "cancel", this::cancelRun),
                Route.post("/run/{run}/{cell}/cancel", Role.OPERATOR, "cancel", this::cancelCell),
                Route.post("/run/{run}/{cell}/keep", Role.OPERATOR, "keep", this::keepOne),
                Route.post("/run/{run}/{cell}/rerun", Role.OPERATOR, "rerun", this::rerun),
                Route.post("/schedule/{matrix}/{action}", Role.OPERATOR, "schedule", this::schedule),
                Route.post("/tokens", Role.ADMIN, "create token", this::createToken),
                Route.post("/tokens/{name}/revoke", Role.ADMIN, "revoke token", this::revokeToken));
    }

    private void queue(Context request) throws IOException {
        String matrix = Answers.field(request, "matrix");
        Gate.subject(request, matrix);
        String only = Answers.fieldOrEmpty(request, "only");
        int priority = Answers.number(Answers.field(request, "priority"), "a priority", -1_000, 1_000);
        QueueAnswer answer = held.queue()
                .add(new QueueRequest(
                        QueueRoutes.file(held, matrix).toString(),
                        Map.of(),
                        only.isEmpty() ? List.of() : List.of(only.split("[ ,]+")),
                        priority,
                        null));
        Answers.see(
                request, "run/" + answer.run() + "/index.html", "Queued run " + answer.run() + " of " + matrix + ".");
    }

    private void keep(Context request) {
        int hours = hours(request);
        Gate.subject(request, hours + " h");
        CellRoutes.keep(held, hours * 3_600);
        Answers.see(
                request, "hosts.html", "From now on guests of cells that end badly are kept for " + words(hours) + ".");
    }

    private void keepOne(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        int hours = hours(request);
        Gate.subject(request, CellRoutes.subject(run, cell, null) + ", " + hours + " h");
        held.deeds().keep(run, cell, Duration.ofHours(hours));
        Answers.see(
                request,
                page(run, cell),
                "When its suite has ended its guest is kept for " + words(hours) + ", whatever that came to.");
    }

    private static int hours(Context request) {
        return Answers.number(Answers.field(request, "hours"), "a number of hours", 1, 168);
    }

    private static String words(int hours) {
        return hours == 1 ? "an hour" : hours + " hours";
    }

    private void waive(Context request) {
        String name = request.formParam("case");
        String cases = name == null ? "" : name;
        String suite = Answers.field(request, "suite");
        Gate.subject(request, cases + " of " + suite);
        RecordedWaiver added = WaiverRoutes.add(
                held,
                new WaiverRoutes.WaiverRequest(
                        cases,
                        suite,
                        List.of(Answers.field(request, "distribution")),
                        Answers.field(request, "kind"),
                        Answers.field(request, "reason"),
                        Answers.fieldOrEmpty(request, "reference"),
                        Answers.field(request, "owner"),
                        Answers.fieldOrEmpty(request, "expires")),
                Asker.of(request).name());
        Answers.see(request, "waivers.html#waiver-" + added.number(), "Recorded waiver " + added.number() + ".");
    }

    private void cancelRun(Context request) {
        long run = Answers.run(request);
        Gate.subject(request, "run " + run);
        cancel(request, run, null, "run/" + run + "/index.html");
    }

    private void cancelCell(Context request) {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        Gate.subject(request, CellRoutes.subject(run, cell, null));
        cancel(request, run, cell, page(run, cell));
    }

    private void cancel(Context request, long run, @Nullable CellKey cell, String page) {
        int cells = held.deeds().cancel(run, cell);
        Answers.see(request, page, cells == 1 ? "1 cell cancelled." : cells + " cells cancelled.");
    }

    private void rerun(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        String onlyCase = request.formParam("case");
        Gate.subject(request, CellRoutes.subject(run, cell, onlyCase));
        held.deeds().rerun(run, cell, onlyCase);
        Answers.see(request, page(run, cell), "It runs again; what comes of it stands among its attempts.");
    }

    private void schedule(Context request) {
        String matrix = request.pathParam("matrix");
        String word = request.pathParam("action");
        Gate.subject(request, word + " " + matrix);
        ScheduleChange.Action action;
        try {
            action = ScheduleChange.Action.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw Problem.noSuch("the action '" + word + "'");
        }
        held.queue().change(new ScheduleChange(matrix, action));
        Answers.see(
                request,
                "schedule.html",
                switch (action) {
                    case PAUSE -> matrix + " is not run by itself until it is resumed.";
                    case RESUME -> matrix + " is run by itself again.";
                    case TRIGGER -> "A run of " + matrix + " is queued.";
                });
    }

    /** The one page that shows a secret; it is not sent on to another. */
    private void createToken(Context request) {
        String name = Answers.field(request, "name");
        String role = Answers.field(request, "role");
        Gate.subject(request, name + ", " + role);
        String days = Answers.fieldOrEmpty(request, "days");
        NewToken made = NewToken.make(
                held.store().tokens(),
                name,
                Role.ofWord(role),
                held.clock().instant(),
                days.isEmpty() ? null : Duration.ofDays(Answers.number(days, "a number of days", 1, 3_650)));
        Answers.page(request, site.access(farm.page(request, made.secret()), looks.live(request)));
    }

    private void revokeToken(Context request) {
        String name = request.pathParam("name");
        Gate.subject(request, name);
        held.store().tokens().revoke(name, held.clock().instant());
        Answers.see(request, "access.html", "The token " + name + " lets nobody in any more.");
    }

    private static String page(long run, CellKey cell) {
        return "run/" + run + "/" + cell.slug() + ".html";
    }
}
