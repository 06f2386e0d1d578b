package muster.reports.site;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.view.CaseFilter;
import muster.reports.view.CasePart;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.reports.view.RunView.ChangedCase;
import org.jspecify.annotations.Nullable;

/** Makes what pages show, each as of the moment of its desk. */
final class PageMaker {

    private final Desk desk;

    PageMaker(Desk desk) {
        this.desk = desk;
    }

    FarmPage farm(List<RunLine> runs) {
        Set<Long> newest = new TreeSet<>();
        desk.farm()
                .lanes()
                .values()
                .forEach(row -> row.values()
                        .forEach(lane -> lane.stream()
                                .filter(line -> line.outcome() != null)
                                .reduce((first, second) -> second)
                                .ifPresent(line -> newest.add(line.run()))));
        Map<Long, List<ChangedCase>> broken = new TreeMap<>();
        for (long number : newest) {
            desk.history()
                    .run(number)
                    .ifPresent(view -> broken.put(
                            number,
                            view.broken().stream()
                                    .filter(change -> isNewest(number, change))
                                    .toList()));
        }
        OverTime nights = OverTime.of(desk.comparison().verdicts(null, null, SiteWriter.RUNS));
        return FarmPage.of(desk.farm(), runs, Broken.gather(broken), nights, desk.now());
    }

    private boolean isNewest(long run, ChangedCase change) {
        return desk
                .farm()
                .lanes()
                .getOrDefault(change.cell().distribution(), Map.of())
                .getOrDefault(FarmView.column(change.cell()), List.<CellLine>of())
                .stream()
                .filter(line -> line.outcome() != null)
                .reduce((first, second) -> second)
                .filter(line -> line.run() == run)
                .isPresent();
    }

    RunPage run(RunView view, @Nullable Long previous) {
        long number = view.run().number();
        return RunPage.of(
                view,
                view.broken().isEmpty()
                        ? List.of()
                        : SharedCause.of(desk.comparison().causes(number)),
                GuestChart.of(desk.history().guests(number), desk.now(), desk.zone()),
                desk.comparison().slow(number, RunPage.SLOW),
                previous,
                desk.now());
    }

    /** The run of the same matrix before a run, among these; null where there is none. */
    static @Nullable Long previous(RunView view, List<RunLine> runs) {
        return runs.stream()
                .filter(run -> run.number() < view.run().number()
                        && run.matrix().equals(view.run().matrix()))
                .map(RunLine::number)
                .max(Long::compare)
                .orElse(null);
    }

    ComparePage compare(RunView before, RunView now) {
        long then = before.run().number();
        long number = now.run().number();
        return ComparePage.of(
                before,
                now,
                desk.comparison().between(then, number, ComparePage.CASES),
                desk.comparison().facts(then, number),
                desk.now());
    }

    CellPage cell(CellView view, RunView run, List<KeptText> texts) {
        Long baseline = view.baselineRun();
        Changes changes = baseline == null || view.provenance().isEmpty()
                ? null
                : Changes.of(
                        baseline,
                        desk.comparison()
                                .facts(view.line().cell(), baseline, view.line().run()));
        List<CellLine> lane = desk.lane(view.line());
        long last = view.line().run();
        return new CellPage(
                view,
                run,
                State.of(view.line()),
                FarmPage.strip(lane, last),
                CellPage.steps(view, desk.now()),
                CellPage.tallies(view),
                CellPage.troubled(view),
                CellPage.rest(view, desk.links()),
                texts,
                CellPage.shards(view, texts),
                OverTime.of(lane, last),
                Spread.of(new TreeMap<>(Map.of(view.line().cell(), Spread.tooks(lane, last)))),
                changes,
                Commands.of(view, run),
                view.line().outcome() == null ? desk.now() : null);
    }

    /** A cell of which nothing was begun. */
    static CellView notBegun(CellLine line) {
        return new CellView(
                line,
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                null);
    }

    /** @param page from 1 */
    CasesPage cases(CellLine line, CaseFilter filter, int page) {
        int from = (page - 1) * CellPage.LISTED;
        CasePart part = desk.history().cases(line.run(), line.cell(), filter, from, CellPage.LISTED);
        return new CasesPage(
                line,
                filter,
                part.cases(),
                from + 1,
                part.total(),
                CellPage.pages(line, filter, part.total(), desk.links()),
                page);
    }

    CasePage one(CaseView view, List<RunLine> runs) {
        Map<Long, Instant> dates = new HashMap<>();
        runs.forEach(run -> dates.put(run.number(), run.queuedAt()));
        return CasePage.of(
                view,
                desk.comparison()
                        .durations(view.suite(), List.of(view.name()), SiteWriter.RUNS)
                        .getOrDefault(view.name(), new TreeMap<>()),
                dates);
    }

    WaiversPage waivers() {
        return WaiversPage.of(desk.waivers().all(), desk.waivers().furtherInformation(), desk.now(), desk.zone());
    }
}
