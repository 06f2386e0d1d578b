package muster.reports.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.Waivers;
import muster.reports.view.CaseName;
import muster.reports.view.CellLine;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.reports.view.RunView.ChangedCase;

/** One export: asks the history, fills the templates, writes what changed. */
public final class SiteWriter {

    private static final int RUNS = 30;

    /** In how many runs a case was bad or changed that has a page, while these are not too many. */
    private static final List<Integer> LATELY = List.of(RUNS, 7, 1);

    private static final int CASES = 2_000;

    private final Desk desk;
    private final List<RunLine> runs;
    private final Set<CaseName> cases;
    private final TreeSet<Long> numbers = new TreeSet<>();
    private final Waivers waivers;

    public SiteWriter(History history, Comparison comparison, Waivers waivers, Path folder, Instant now, ZoneId zone) {
        this.waivers = waivers;
        FarmView farm = history.farm(RUNS);
        this.runs = farm.runs();
        runs.forEach(run -> numbers.add(run.number()));
        farm.lanes()
                .values()
                .forEach(row ->
                        row.values().forEach(lane -> numbers.add(lane.getLast().run())));
        this.cases = cases(history);
        WaivedCells waived = new WaivedCells(waivers, zone);
        Links links = new Links(numbers, cases);
        Renderer renderer =
                new Renderer(Map.of("text", new Text(), "times", new Times(zone), "links", links, "waivers", waived));
        this.desk = new Desk(
                new Desk.Asked(history, comparison), new Folder(folder), renderer, links, waived, farm, now, zone);
    }

    /** Those that have pages: where they are too many, those of fewer runs, and the first of these. */
    private static Set<CaseName> cases(History history) {
        SortedSet<CaseName> cases = new TreeSet<>();
        for (int lately : LATELY) {
            cases = history.troubled(lately);
            if (cases.size() <= CASES) {
                break;
            }
        }
        TreeSet<CaseName> some = new TreeSet<>();
        cases.stream().limit(CASES).forEach(some::add);
        return some;
    }

    /** Returns how many files were written. */
    public int write() throws IOException {
        for (String asset : Renderer.ASSETS) {
            desk.folder().put("assets/" + asset, Renderer.resource(asset));
        }
        new CaseWriter(desk, runs, RUNS).write(cases);
        RunWriter writer = new RunWriter(desk, runs);
        for (long number : numbers) {
            Optional<RunView> run = desk.history().run(number);
            if (run.isPresent()) {
                writer.write(run.get());
            }
        }
        desk.folder().put("index.html", farm());
        desk.folder().put("waivers.html", waivers());
        return desk.folder().written();
    }

    Desk desk() {
        return desk;
    }

    /** The page of the farm. */
    String farm() {
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
        OverTime nights = OverTime.of(desk.comparison().verdicts(null, null, RUNS));
        FarmPage page = FarmPage.of(desk.farm(), runs, Broken.gather(broken), nights, desk.now());
        return desk.renderer().page("farm.ftlh", "", "", page);
    }

    /** The page of the waivers. */
    String waivers() {
        WaiversPage page = WaiversPage.of(waivers.all(), waivers.furtherInformation(), desk.now(), desk.zone());
        return desk.renderer().page("waivers.ftlh", "", "", page);
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
}
