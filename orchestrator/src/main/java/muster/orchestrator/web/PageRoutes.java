package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.LiveSite;
import muster.reports.Role;
import muster.reports.view.CaseFilter;
import muster.testsuites.Verdict;

/** The report's pages, at the addresses that they have in the static site. */
final class PageRoutes {

    private static final Pattern CASES = Pattern.compile("cases-([a-z]+)-([0-9]+)\\.html");
    private static final Pattern PAGE = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Pattern COMPARE = Pattern.compile("([0-9]{1,12})-([0-9]{1,12})\\.html");
    private static final String HTML = ".html";

    private final Held held;
    private final LiveSite site;
    private final Looks looks;

    PageRoutes(Held held, LiveSite site, Looks looks) {
        this.held = held;
        this.site = site;
        this.looks = looks;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/", Role.READER, this::farm),
                Route.get("/index.html", Role.READER, this::farm),
                Route.get("/waivers.html", Role.READER, this::waivers),
                Route.get("/run/{run}/{file}", Role.READER, this::runOrCell),
                Route.get("/run/{run}/{cell}/{file}", Role.READER, this::ofCell),
                Route.get("/case/{suite}/{file}", Role.READER, this::one),
                Route.get("/compare/{file}", Role.READER, this::compare),
                Route.get("/assets/{file}", null, this::asset));
    }

    private void farm(Context request) {
        Answers.page(request, site.farm(looks.live(request)));
    }

    private void waivers(Context request) {
        Answers.page(request, site.waivers(looks.live(request)));
    }

    private void runOrCell(Context request) throws IOException {
        long run = Answers.run(request);
        String file = request.pathParam("file");
        if (file.equals("index.html")) {
            found(request, site.run(run, looks.live(request)), "run " + run);
            return;
        }
        CellKey cell = Answers.cell(base(file));
        found(request, site.cell(run, cell, looks.live(request, run, cell)), "the cell " + cell + " in run " + run);
    }

    private void ofCell(Context request) throws IOException {
        long run = Answers.run(request);
        CellKey cell = Answers.cell(request.pathParam("cell"));
        String file = request.pathParam("file");
        Matcher cases = CASES.matcher(file);
        if (cases.matches()) {
            CaseFilter filter = new CaseFilter(verdict(cases.group(1)), "");
            cases(request, run, cell, filter, cases.group(2));
        } else if (file.equals("cases.html")) {
            String verdict = request.queryParam("verdict");
            CaseFilter filter = new CaseFilter(
                    verdict == null || verdict.isEmpty() ? null : verdict(verdict),
                    Objects.requireNonNullElse(request.queryParam("name"), ""));
            cases(request, run, cell, filter, Objects.requireNonNullElse(request.queryParam("page"), "1"));
        } else if (file.equals("cases.txt")) {
            request.contentType("text/plain; charset=utf-8")
                    .result(site.caseList(run, cell).orElseThrow(() -> Problem.noSuch("the cell " + cell)));
        } else {
            kept(request, site.kept(run, cell, file).orElseThrow(() -> Problem.noSuch("the file '" + file + "'")));
        }
    }

    private void cases(Context request, long run, CellKey cell, CaseFilter filter, String page) {
        if (!PAGE.matcher(page).matches()) {
            throw Problem.noSuch("page '" + page + "'");
        }
        found(
                request,
                site.cases(run, cell, filter, Integer.parseInt(page), looks.live(request)),
                "this page of cases");
    }

    /** As it was kept: a text as plain text, whatever else a guest left behind as a download. */
    private void kept(Context request, KeptFile file) throws IOException {
        if (file.removedAt() != null) {
            request.contentType("text/plain; charset=utf-8").result(file.removal() + "\n");
            return;
        }
        boolean artefact = file.role().equals("artefact");
        request.contentType(artefact ? "application/octet-stream" : "text/plain; charset=utf-8");
        if (artefact) {
            request.header(
                    "Content-Disposition",
                    "attachment; filename=\""
                            + file.name().replaceAll(".*/", "").replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
        }
        InputStream content = held.store().history().open(file);
        request.result(content);
    }

    private static Verdict verdict(String word) {
        try {
            return Verdict.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw Problem.noSuch("cases of the verdict '" + word + "'");
        }
    }

    private void one(Context request) {
        String suite = request.pathParam("suite");
        String file = request.pathParam("file");
        String name = request.queryParam("name");
        String of = name != null && file.equals("by-name.html")
                ? name
                : site.nameOf(suite, file).orElseThrow(() -> Problem.noSuch("this case"));
        found(request, site.one(suite, of, looks.live(request)), "the case '" + of + "' of " + suite);
    }

    private void compare(Context request) {
        Matcher runs = COMPARE.matcher(request.pathParam("file"));
        if (!runs.matches()) {
            throw Problem.noSuch("this page");
        }
        found(
                request,
                site.compare(Long.parseLong(runs.group(1)), Long.parseLong(runs.group(2)), looks.live(request)),
                "one of these runs");
    }

    private void asset(Context request) {
        String file = request.pathParam("file");
        byte[] content = site.asset(file).orElseThrow(() -> Problem.noSuch("the file '" + file + "'"));
        String type = file.endsWith(".css") ? "text/css" : file.endsWith(".js") ? "text/javascript" : "image/svg+xml";
        request.contentType(type + "; charset=" + StandardCharsets.UTF_8).result(content);
    }

    private static String base(String file) {
        if (!file.endsWith(HTML)) {
            throw Problem.noSuch("the page '" + file + "'");
        }
        return file.substring(0, file.length() - HTML.length());
    }

    private static void found(Context request, Optional<String> page, String what) {
        Answers.page(request, page.orElseThrow(() -> Problem.noSuch(what)));
    }
}
