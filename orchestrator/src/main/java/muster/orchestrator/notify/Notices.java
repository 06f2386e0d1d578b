package muster.orchestrator.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import muster.orchestrator.config.Channel.Event;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.Harmless;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Confirmation;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.Site;
import muster.reports.view.CaseChange;
import muster.reports.view.Cause;
import muster.reports.view.CellLine;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.reports.view.NewFailure;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import org.jspecify.annotations.Nullable;

/** Words what happened to a run, from what is stored of it. */
final class Notices {

    /** More are counted, not named. */
    private static final int NAMED = 20;

    /** Of a log within a reason. */
    private static final int LOG_LINES = 10;

    private final History history;
    private final Comparison comparison;
    private final Links links;

    /**
     * Where pages are read.
     *
     * @param pages a web address without a slash at its end, or null
     * @param report the folder that they are written to
     */
    record Links(@Nullable String pages, Path report) {
        private String schedule() {
            return pages == null ? to("index.html") : to("schedule.html");
        }

        private String to(String page) {
            return pages == null ? report.resolve(page).toString() : pages + "/" + page;
        }
    }

    Notices(History history, Comparison comparison, Links links) {
        this.history = history;
        this.comparison = comparison;
        this.links = links;
    }

    /** Its cell has ended for good: empty where there is nothing in it that one should know at once. */
    Optional<Notice> ofCell(long run, CellKey cell, Instant at) {
        return history.cells(run).stream()
                .filter(each -> each.cell().equals(cell))
                .findFirst()
                .flatMap(line -> ofCell(line, at));
    }

    /** The same of its line. */
    Optional<Notice> ofCell(CellLine line, Instant at) {
        if (line.outcome() == null) {
            return Optional.empty();
        }
        if (line.outcome().isInfrastructure()) {
            return Optional.of(farmFailure(line, at));
        }
        return line.outcome().isBad() ? regressions(line, at) : Optional.empty();
    }

    /** A notice for each cell of a run that has ended, as {@link #ofCell} words it. */
    List<Notice> ofCells(long run, Predicate<CellKey> underWay, Instant at) {
        return history.cells(run).stream()
                .filter(line -> hasEnded(line, underWay))
                .flatMap(line -> ofCell(line, at).stream())
                .toList();
    }

    /**
     * Whether what it tells of stands in the store. After a restore it may not: notices are copied a little later than the
     * store, where what they tell of happens again, or a run of that number is another one.
     *
     * @param underWay cells of its run whose ends are still to come, whatever they came to before
     */
    boolean hasHappened(Notice notice, Predicate<CellKey> underWay) {
        List<CellLine> cells = history.cells(notice.run());
        return switch (notice.event()) {
            case LATE -> !cells.isEmpty();
            case NOT_RUN -> true;
            case NIGHT_FINISHED -> !cells.isEmpty() && cells.stream().allMatch(line -> hasEnded(line, underWay));
            case REGRESSION, FARM_FAILURE ->
                cells.stream()
                        .anyMatch(line -> hasEnded(line, underWay)
                                && id(notice.event(), line).equals(notice.id()));
        };
    }

    private static boolean hasEnded(CellLine line, Predicate<CellKey> underWay) {
        return line.outcome() != null && !underWay.test(line.cell());
    }

    private Notice farmFailure(CellLine line, Instant at) {
        String outcome = java.util.Objects.requireNonNull(line.outcome()).word();
        return notice(
                Event.FARM_FAILURE,
                line,
                at,
                "the farm failed " + line.cell() + ": " + outcome,
                List.of(Harmless.text(shortened(line.why()))));
    }

    private Optional<Notice> regressions(CellLine line, Instant at) {
        List<NewFailure> all = history.newFailures(line.run(), line.cell(), Integer.MAX_VALUE).stream()
                .filter(failure -> failure.confirmation() != null
                        && failure.confirmation().standing() == Confirmation.Standing.REGRESSION)
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = all.stream()
                .limit(NAMED)
                .map(failure -> failed(
                        failure.name(), failure.before().name(), failure.now().name(), failure.message()))
                .collect(Collectors.toCollection(ArrayList::new));
        rest(all.size(), lines);
        return Optional.of(notice(
                Event.REGRESSION, line, at, line.cell() + ": " + count(all.size(), "confirmed regression"), lines));
    }

    private static String id(Event event, CellLine line) {
        return line.run() + "-" + event.word() + "-" + line.cell().slug();
    }

    private Notice notice(Event event, CellLine line, Instant at, String headline, List<String> lines) {
        String matrix = history.run(line.run()).orElseThrow().run().matrix();
        return new Notice(
                id(event, line),
                event,
                matrix,
                line.run(),
                at,
                matrix + ": " + headline,
                String.join("\n", lines),
                links.to(Site.page(line.run(), line.cell())));
    }

    /** The last cell of a run has ended. */
    Notice nightFinished(long run, Instant at) {
        RunView view = history.run(run).orElseThrow();
        Changes changes = comparison.sinceBaseline(run, NAMED);
        List<CellLine> failed = view.cells().stream()
                .filter(cell -> cell.outcome() != null && cell.outcome().isInfrastructure())
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(cells(view.run()));
        if (view.run().counts().total() > 0) {
            lines.add(verdicts(view.run()));
        }
        lines.add("It took " + Durations.format(Duration.between(view.run().queuedAt(), at)) + ".");
        newFailures(view, lines);
        causes(run, lines);
        fixed(changes, lines);
        if (!failed.isEmpty()) {
            lines.add("");
            lines.add("Not judged, for the farm failed them:");
            failed.stream().limit(NAMED).forEach(cell -> lines.add("  " + cell.cell() + ": " + firstLine(cell.why())));
            rest(failed.size(), lines);
        }
        Integer still = changes.totals().get(Change.STILL_BAD);
        if (still != null) {
            lines.add("");
            lines.add(count(still, "case") + " failed before, too.");
        }
        return ofRun(Event.NIGHT_FINISHED, view.run(), at, headline(view, changes, failed.size()), lines);
    }

    private static String headline(RunView view, Changes changes, int failed) {
        List<String> parts = new ArrayList<>();
        int broken = view.run().broken();
        if (broken > 0) {
            parts.add(count(broken, "new failure") + (view.confirmed().isEmpty() ? "" : " (" + view.confirmed() + ")"));
        }
        Integer mended = changes.totals().get(Change.MENDED);
        if (mended != null) {
            parts.add(mended + " fixed");
        }
        if (failed > 0) {
            parts.add(count(failed, "cell") + " not judged");
        }
        int cancelled = view.run().outcomes().getOrDefault(Outcome.CANCELLED, 0);
        if (cancelled > 0) {
            parts.add(count(cancelled, "cell") + " cancelled");
        }
        int bad = view.run().outcomes().entrySet().stream()
                .filter(entry -> entry.getKey().isBad())
                .mapToInt(Map.Entry::getValue)
                .sum();
        if (parts.isEmpty()) {
            parts.add("nothing is newly broken" + (bad > 0 ? ", " + count(bad, "cell") + " bad" : ""));
        }
        return "run " + view.run().number() + ": " + String.join(", ", parts);
    }

    /** What it says first, and what a log in it says last: there the cause stands mostly. */
    private static String shortened(String why) {
        List<String> lines = why.lines().toList();
        return lines.size() <= LOG_LINES + 2
                ? why
                : lines.getFirst() + "\n[...]\n"
                        + String.join("\n", lines.subList(lines.size() - LOG_LINES, lines.size()));
    }

    /** The rest stands on the cell's page. */
    private static String firstLine(String why) {
        return Harmless.line(why.lines().findFirst().orElse(""));
    }

    private static String cells(RunLine run) {
        return "Of " + count(run.cells(), "cell") + ": "
                + new TreeMap<>(run.outcomes())
                        .entrySet().stream()
                                .map(entry ->
                                        entry.getValue() + " " + entry.getKey().word())
                                .collect(Collectors.joining(", "))
                + ".";
    }

    private static String verdicts(RunLine run) {
        return "Of " + count(run.counts().total(), "case") + ": "
                + run.counts().byVerdict().entrySet().stream()
                        .map(entry ->
                                entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static void newFailures(RunView view, List<String> lines) {
        if (view.broken().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Newly broken:");
        view.broken().stream().limit(NAMED).forEach(change -> {
            Confirmation said = change.confirmation();
            lines.add(change.cell()
                    + failed(change.name(), change.before(), change.now(), change.message())
                    + (said == null ? "" : " [" + Harmless.line(said.words()) + "]"));
        });
        rest(view.run().broken(), lines);
    }

    private void causes(long run, List<String> lines) {
        List<Cause> causes = comparison.causes(run);
        if (causes.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What several of them share:");
        causes.stream()
                .limit(NAMED)
                .forEach(cause -> lines.add("  " + cause.kind() + " " + Harmless.line(cause.what()) + ": "
                        + count(cause.cases().size(), "case")));
        rest(causes.size(), lines);
    }

    private static void fixed(Changes changes, List<String> lines) {
        List<CaseChange> mended = changes.of(Change.MENDED);
        if (mended.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Fixed:");
        mended.forEach(change -> lines.add("  " + change.cell() + "  " + Harmless.line(change.name())));
        rest(changes.totals().getOrDefault(Change.MENDED, 0), lines);
    }

    /** A run should have ended by now. */
    Notice late(long run, Duration within, Instant at) {
        RunLine line = history.run(run).orElseThrow().run();
        List<String> lines = history.cells(run).stream()
                .filter(cell -> cell.outcome() == null)
                .limit(NAMED)
                .map(cell -> "  " + cell.cell() + ": " + cell.step().word())
                .collect(Collectors.toCollection(ArrayList::new));
        int open = line.cells()
                - line.outcomes().values().stream().mapToInt(Integer::intValue).sum();
        lines.addFirst(open + " of " + count(line.cells(), "cell") + (open == 1 ? " has" : " have") + " not ended:");
        rest(open, lines);
        return ofRun(Event.LATE, line, at, "run " + run + " has not ended in " + Durations.format(within), lines);
    }

    /** A matrix was due and nothing was run of it; it is told once a day. */
    Notice notRun(NotRun what, Instant at) {
        String when = what.schedule().words(what.due());
        String day = what.due().atZone(what.schedule().zone()).toLocalDate().toString();
        return new Notice(
                what.matrix() + "-" + day + "-" + Event.NOT_RUN.word(),
                Event.NOT_RUN,
                what.matrix(),
                0,
                at,
                what.matrix() + ": not run on " + when,
                Harmless.text(what.why()),
                links.schedule());
    }

    private Notice ofRun(Event event, RunLine line, Instant at, String headline, List<String> lines) {
        return new Notice(
                line.number() + "-" + event.word(),
                event,
                line.matrix(),
                line.number(),
                at,
                line.matrix() + ": " + headline,
                String.join("\n", lines),
                links.to(Site.page(line.number())));
    }

    private static String failed(String name, String before, String now, String message) {
        return "  " + Harmless.line(name) + ": " + before + " -> " + now
                + (message.isEmpty() ? "" : "  " + Harmless.line(message));
    }

    private static void rest(int all, List<String> lines) {
        if (all > NAMED) {
            lines.add("  and " + (all - NAMED) + " more");
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
