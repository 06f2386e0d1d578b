package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import muster.orchestrator.run.Outlook;
import muster.reports.AuditEntry;
import muster.reports.CellKey;
import muster.reports.LiveSite;
import muster.reports.Role;
import muster.reports.Step;
import muster.reports.Token;
import muster.reports.site.AccessPage;
import muster.reports.site.HostsPage;
import muster.reports.site.QueuePage;
import muster.reports.site.SchedulePage;
import muster.reports.site.State;
import muster.reports.view.RunLine;

/** Pages of what is only known where the farm is at work: queue, hosts, schedule, access. */
final class FarmPageRoutes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

    private final Held held;
    private final LiveSite site;
    private final Looks looks;

    FarmPageRoutes(Held held, LiveSite site, Looks looks) {
        this.held = held;
        this.site = site;
        this.looks = looks;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/queue.html", Role.READER, this::queue),
                Route.get("/hosts.html", Role.READER, this::hosts),
                Route.get("/schedule.html", Role.READER, this::schedule),
                Route.get("/access.html", Role.ADMIN, this::access),
                Route.get(HomeApi.API + "/hosts", Role.READER, this::hostLines));
    }

    private void queue(Context request) {
        Instant now = held.clock().instant();
        List<StatusLine> lines = held.queue().cells().stream()
                .filter(line -> line.outcome() == null)
                .toList();
        List<QueuePage.Waiting> runs = new ArrayList<>();
        for (long number : held.store().history().unfinishedRuns()) {
            held.store().history().run(number).ifPresent(view -> runs.add(waiting(view.run(), lines, now)));
        }
        List<QueuePage.Square> cells =
                lines.stream().map(line -> square(line, now)).toList();
        List<String> matrices = List.copyOf(held.deeds().matrices().keySet());
        Answers.page(request, site.queue(new QueuePage(runs, cells, matrices, now), looks.live(request)));
    }

    private static QueuePage.Waiting waiting(RunLine run, List<StatusLine> lines, Instant now) {
        int ended = run.outcomes().values().stream().mapToInt(Integer::intValue).sum();
        List<StatusLine> ofRun =
                lines.stream().filter(line -> line.run() == run.number()).toList();
        boolean begun = ofRun.stream().anyMatch(line -> line.waits().isEmpty());
        String why =
                begun ? "" : ofRun.stream().map(StatusLine::waits).findFirst().orElse("");
        Outlook.Span end = ofRun.isEmpty()
                ? null
                : Outlook.endOf(ofRun.stream().map(StatusLine::ends).toList());
        return new QueuePage.Waiting(
                run.number(), run.matrix(), run.queuedAt(), run.cells(), ended, why, end == null ? "" : end.words(now));
    }

    private static QueuePage.Square square(StatusLine line, Instant now) {
        Outlook.Span starts = line.starts();
        Outlook.Span ends = line.ends();
        return new QueuePage.Square(
                line.run(),
                CellKey.parse(line.cell()),
                new State(line.step().equals(Step.QUEUED.word()) ? "queued" : "live", line.step()),
                line.waits().isEmpty() ? line.detail() : line.waits(),
                starts == null ? "" : starts.words(now),
                ends == null ? "" : ends.words(now));
    }

    private void hostLines(Context request) throws IOException {
        Answers.json(request, List.of(held.deeds().host()));
    }

    private void hosts(Context request) throws IOException {
        HostsPage page =
                new HostsPage(List.of(host(held.deeds().host())), held.clock().instant());
        Answers.page(request, site.hosts(page, looks.live(request)));
    }

    private static HostsPage.Host host(HostLine line) {
        List<HostsPage.Fact> facts = new ArrayList<>();
        line.facts().forEach((name, value) -> facts.add(new HostsPage.Fact(name, value)));
        List<HostsPage.Pressure> pressure = new ArrayList<>();
        line.pressure()
                .forEach((of, share) -> pressure.add(new HostsPage.Pressure(
                        of, percent(share.ten()), percent(share.minute()), percent(share.fiveMinutes()))));
        return new HostsPage.Host(
                line.name(),
                facts,
                new HostsPage.Share(line.memoryTaken(), line.memoryMost()),
                new HostsPage.Share(Math.round(line.cpusTaken() * 1_000), Math.round(line.cpusMost() * 1_000)),
                pressure,
                line.guests().stream()
                        .map(guest -> new HostsPage.Guest(
                                guest.run(),
                                CellKey.parse(guest.cell()),
                                new State(guest.keptUntil() == null ? "live" : "person", guest.step()),
                                guest.memoryBytes(),
                                guest.startedAt(),
                                guest.keptUntil()))
                        .toList());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share);
    }

    private void schedule(Context request) {
        List<SchedulePage.Row> rows =
                held.queue().schedule().stream().map(FarmPageRoutes::row).toList();
        Answers.page(request, site.schedule(new SchedulePage(rows), looks.live(request)));
    }

    private static SchedulePage.Row row(ScheduleLine line) {
        Function<Instant, String> words = time -> TIME.format(time.atZone(ZoneId.of(line.zone())));
        return new SchedulePage.Row(
                line.matrix(),
                line.cron(),
                line.zone(),
                line.next().stream().map(words).toList(),
                line.paused(),
                line.problem() == null ? List.of() : line.problem().lines().toList(),
                line.leftOut().stream()
                        .map(time -> new SchedulePage.LeftOut(words.apply(time.at()), time.why()))
                        .toList());
    }

    private void access(Context request) {
        Answers.page(request, site.access(page(request, ""), looks.live(request)));
    }

    /** @param made the secret of a token that was made just now, or empty */
    AccessPage page(Context request, String made) {
        Instant now = held.clock().instant();
        List<AccessPage.Row> tokens = held.store().tokens().all().stream()
                .map(token -> new AccessPage.Row(token, state(token, now)))
                .toList();
        List<AuditEntry> entries = AccessRoutes.entries(held, request);
        long older = entries.isEmpty() || entries.getLast().number() == 1
                ? 0
                : entries.getLast().number();
        return new AccessPage(tokens, made, entries, older);
    }

    private static State state(Token token, Instant now) {
        return token.holds(now)
                ? new State("good", "holds")
                : new State("none", token.revokedAt() == null ? "expired" : "revoked");
    }
}
