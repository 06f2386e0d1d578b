package muster.reports.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.Waivers;
import muster.reports.view.CaseName;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;

/** One export: asks the history, fills the templates, writes what changed. */
public final class SiteWriter {

    static final int RUNS = 30;

    /** In how many runs a case was bad or changed that has a page, while these are not too many. */
    private static final List<Integer> LATELY = List.of(RUNS, 7, 1);

    private static final int CASES = 2_000;

    private final Desk desk;
    private final Folder folder;
    private final PageMaker pages;
    private final List<RunLine> runs;
    private final Set<CaseName> cases;
    private final TreeSet<Long> numbers = new TreeSet<>();

    public SiteWriter(History history, Comparison comparison, Waivers waivers, Path folder, Instant now, ZoneId zone) {
        Desk.Asked asked = new Desk.Asked(history, comparison, waivers);
        FarmView farm = history.farm(RUNS);
        this.runs = farm.runs();
        runs.forEach(run -> numbers.add(run.number()));
        farm.lanes()
                .values()
                .forEach(row ->
                        row.values().forEach(lane -> numbers.add(lane.getLast().run())));
        this.cases = cases(history);
        this.folder = new Folder(folder);
        this.desk = new Desk(asked, farm, new Renderer(zone), Links.among(numbers, cases), null, now, zone);
        this.pages = new PageMaker(desk);
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
            folder.put("assets/" + asset, Renderer.resource(asset));
        }
        new CaseWriter(desk, folder, runs, RUNS).write(cases);
        RunWriter writer = new RunWriter(desk, folder, runs);
        for (long number : numbers) {
            Optional<RunView> run = desk.history().run(number);
            if (run.isPresent()) {
                writer.write(run.get());
            }
        }
        folder.put("index.html", farm());
        folder.put("waivers.html", waivers());
        return folder.written();
    }

    Desk desk() {
        return desk;
    }

    /** The page of the farm. */
    String farm() {
        return desk.page("farm.ftlh", "", "", pages.farm(runs));
    }

    /** The page of the waivers. */
    String waivers() {
        return desk.page("waivers.ftlh", "", "", pages.waivers());
    }
}
