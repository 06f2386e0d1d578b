package muster.reports.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.History;
import muster.reports.Waivers;
import muster.reports.view.CaseName;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.reports.view.RunView.ChangedCase;

/** One export: asks the history, fills the templates, writes what changed. */
public final class SiteWriter {

    private static final int RUNS = 30;

    private final History history;
    private final Folder folder;
    private final Instant now;
    private final ZoneId zone;
    private final FarmView farm;
    private final List<RunLine> runs;
    private final TreeSet<CaseName> cases;
    private final TreeSet<Long> numbers = new TreeSet<>();
    private final Renderer renderer;
    private final String templates = Renderer.templates();
    private final Waivers waivers;
    private final WaivedCells waived;
    private final Map<Long, Map<CellKey, Instant>> removals = new HashMap<>();

    public SiteWriter(History history, Waivers waivers, Path folder, Instant now, ZoneId zone) {
        this.history = history;
        this.waivers = waivers;
        this.waived = new WaivedCells(waivers, zone);
        this.folder = new Folder(folder);
        this.now = now;
        this.zone = zone;
        this.farm = history.farm(RUNS);
        this.runs = history.runs(RUNS);
        this.cases = new TreeSet<>(history.troubled(RUNS));
        runs.forEach(run -> numbers.add(run.number()));
        farm.lanes()
                .values()
                .forEach(row -> row.values()
                        .forEach(lane -> lane.stream()
                                .reduce((first, second) -> second)
                                .ifPresent(newest -> numbers.add(newest.run()))));
        this.renderer = new Renderer(Map.of(
                "text", new Text(),
                "times", new Times(zone),
                "links", new Links(numbers, cases),
                "waivers", waived));
    }

    /** Returns how many files were written. */
    public int write() throws IOException {
        for (String asset : Renderer.ASSETS) {
            folder.put("assets/" + asset, Renderer.resource(asset));
        }
        Map<Long, List<ChangedCase>> broken = new TreeMap<>();
        writeCases();
        for (long number : numbers) {
            Optional<RunView> run = history.run(number);
            if (run.isPresent()) {
                RunView view = run.get();
                writeRun(view);
                broken.put(
                        number,
                        view.broken().stream()
                                .filter(change -> isNewest(number, change))
                                .toList());
            }
        }
        FarmPage page = FarmPage.of(farm, runs, Broken.gather(broken), now);
        folder.put("index.html", renderer.page("farm.ftlh", "", "", page));
        WaiversPage waiversPage = WaiversPage.of(waivers.all(), waivers.furtherInformation(), now, zone);
        folder.put("waivers.html", renderer.page("waivers.ftlh", "", "", waiversPage));
        return folder.written();
    }

    private void writeRun(RunView view) throws IOException {
        long number = view.run().number();
        for (CellLine line : view.cells()) {
            writeCell(line, view);
        }
        String address = "run/" + number + "/index.html";
        folder.put(address, renderer.page("run.ftlh", "../../", "", RunPage.of(view, now)));
    }

    private void writeCell(CellLine line, RunView run) throws IOException {
        String base = "run/" + line.run() + "/" + line.cell().slug();
        String address = base + ".html";
        String madeFrom = Links.digest(String.join(
                "\n",
                templates,
                zone.getId(),
                line.toString(),
                run.run().matrix(),
                again(line, run),
                String.valueOf(
                        removals.computeIfAbsent(line.run(), history::removals).get(line.cell())),
                waivedDigest(line)));
        if (line.outcome() != null && folder.isMadeFrom(address, madeFrom)) {
            return;
        }
        CellView view = history.cell(line.run(), line.cell()).orElseGet(() -> notBegun(line));
        List<KeptText> texts = texts(view, base);
        if (!view.cases().isEmpty()) {
            folder.put(base + "/cases.txt", CaseList.of(view.cases()));
        }
        folder.put(address, renderer.page("cell.ftlh", "../../", madeFrom, page(view, run, texts)));
    }

    /** What was found of a cell after its end. */
    private static String again(CellLine line, RunView run) {
        return run.again().getOrDefault(line.cell(), 0)
                + run.broken().stream()
                        .filter(change -> change.cell().equals(line.cell()))
                        .map(change -> String.valueOf(change.confirmation()))
                        .collect(Collectors.joining(", "));
    }

    private String waivedDigest(CellLine line) {
        return waived.of(line.run(), line.cell()).toString();
    }

    private static CellView notBegun(CellLine line) {
        SortedMap<String, String> nothing = new TreeMap<>();
        return new CellView(
                line,
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                nothing,
                nothing,
                null);
    }

    private CellPage page(CellView view, RunView run, List<KeptText> texts) {
        Long baseline = view.baselineRun();
        Changes changes = baseline == null || view.provenance().isEmpty()
                ? null
                : history.cell(baseline, view.line().cell())
                        .map(before -> Changes.between(before, view))
                        .orElse(null);
        return new CellPage(
                view,
                run,
                State.of(view.line()),
                FarmPage.strip(FarmPage.lane(farm, view.line()), view.line().run()),
                CellPage.steps(view, now),
                CellPage.tallies(view),
                CellPage.troubled(view),
                CellPage.rest(view),
                texts,
                changes,
                Commands.of(view, run),
                view.line().outcome() == null ? now : null);
    }

    private List<KeptText> texts(CellView view, String base) throws IOException {
        List<KeptText> texts = new ArrayList<>();
        Map<String, Integer> ofRole = new LinkedHashMap<>();
        for (KeptFile file : view.files()) {
            int number = ofRole.merge(file.role(), 1, Integer::sum);
            texts.add(KeptText.copy(history, file, number, base, folder));
        }
        return texts;
    }

    /** Before the other pages, so that these link only to those that there are. */
    private void writeCases() throws IOException {
        Map<Long, Instant> dates = new HashMap<>();
        runs.forEach(run -> dates.put(run.number(), run.queuedAt()));
        for (CaseName one : List.copyOf(cases)) {
            Optional<CaseView> view = history.caseHistory(one.suite(), one.name(), RUNS);
            if (view.isEmpty()) {
                cases.remove(one);
                continue;
            }
            folder.put(Links.page(one), renderer.page("case.ftlh", "../../", "", CasePage.of(view.get(), dates)));
        }
    }

    private boolean isNewest(long run, ChangedCase change) {
        return farm
                .lanes()
                .getOrDefault(change.cell().distribution(), Map.of())
                .getOrDefault(FarmView.column(change.cell()), List.of())
                .stream()
                .filter(line -> line.outcome() != null)
                .reduce((first, second) -> second)
                .filter(line -> line.run() == run)
                .isPresent();
    }
}
