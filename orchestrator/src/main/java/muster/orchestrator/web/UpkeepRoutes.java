package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import muster.reports.Role;

/** How the farm looks after itself, for people and for what watches it. */
final class UpkeepRoutes {

    private final Upkeep upkeep;

    UpkeepRoutes(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", null, request -> Answers.json(request, Map.of("status", "live"))),
                Route.get("/health/ready", null, this::ready),
                Route.get("/metrics", Role.READER, this::metrics),
                Route.get(HomeApi.API + "/upkeep", Role.READER, request -> Answers.json(request, upkeep.line())),
                Route.post(HomeApi.API + "/upkeep", Role.ADMIN, "remove what may go", this::tidy),
                Route.post(HomeApi.API + "/backup", Role.ADMIN, "back up", this::backUp));
    }

    private void ready(Context request) {
        SortedMap<String, Upkeep.Check> checks = upkeep.checks();
        String lacking = checks.entrySet().stream()
                .filter(check -> !check.getValue().good())
                .map(check -> check.getKey() + ": " + check.getValue().words())
                .collect(Collectors.joining("; "));
        if (!lacking.isEmpty()) {
            throw new Problem.Met(HttpStatus.SERVICE_UNAVAILABLE, "cannot take up new work: " + lacking);
        }
        Map<String, String> words = new LinkedHashMap<>();
        checks.forEach((name, check) -> words.put(name, check.words()));
        Answers.json(request, Map.of("status", "ready", "checks", words));
    }

    private void metrics(Context request) {
        request.contentType("text/plain; version=0.0.4; charset=utf-8").result(upkeep.metrics());
    }

    private void tidy(Context request) {
        TidyRequest asked = Answers.body(request, TidyRequest.class);
        Gate.subject(request, asked.dryRun() ? "only looked" : String.join(", ", asked.kinds()));
        Answers.json(request, upkeep.tidy(Set.copyOf(asked.kinds()), asked.dryRun()));
    }

    /** Only for this host's own user: it names a file of this host, and holds all secrets of the farm. */
    private void backUp(Context request) throws IOException {
        Gate.needsOwner(request, "back up", "backup FILE");
        BackupRequest asked = Answers.body(request, BackupRequest.class);
        Gate.subject(request, asked.file());
        Answers.json(request, upkeep.backUp(Path.of(asked.file())));
    }
}
