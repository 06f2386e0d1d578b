package muster.reports.site;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Ending.KeptFile;
import muster.reports.History;
import muster.reports.Waivers;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseName;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;

/** Pages one by one, see {@link muster.reports.LiveSite}. */
public final class LivePages {

    private final Desk.Asked asked;
    private final Clock clock;
    private final ZoneId zone;
    private final Renderer renderer;
    private final Tails tails;

    public LivePages(History history, Comparison comparison, Waivers waivers, Clock clock, ZoneId zone) {
        this.asked = new Desk.Asked(history, comparison, waivers);
        this.clock = clock;
        this.zone = zone;
        this.renderer = new Renderer(zone);
        this.tails = new Tails(history);
    }

    private Desk desk(Live live) {
        return new Desk(asked, null, renderer, Links.everywhere(), live, clock.instant(), zone);
    }

    public String farm(Live live) {
        Desk desk = desk(live);
        List<RunLine> runs = desk.farm().runs();
        return desk.page("farm.ftlh", "", "", new PageMaker(desk).farm(runs));
    }

    public Optional<String> run(long run, Live live) {
        Desk desk = desk(live);
        return asked.history()
                .run(run)
                .map(view -> desk.page(
                        "run.ftlh", "../../", "", new PageMaker(desk).run(view, PageMaker.previous(view, runs()))));
    }

    public Optional<String> cell(long run, CellKey cell, Live live) throws IOException {
        Optional<RunView> of = asked.history().run(run);
        Optional<CellLine> line = of.flatMap(view -> line(view, cell));
        if (of.isEmpty() || line.isEmpty()) {
            return Optional.empty();
        }
        CellView view = asked.history().cell(run, cell, CellPage.WHOLE).orElseGet(() -> PageMaker.notBegun(line.get()));
        List<KeptText> texts = new ArrayList<>();
        for (Map.Entry<String, KeptFile> kept : addresses(view).entrySet()) {
            texts.add(KeptText.served(kept.getValue(), kept.getKey(), tails.of(kept.getValue())));
        }
        Desk desk = desk(live);
        return Optional.of(desk.page("cell.ftlh", "../../", "", new PageMaker(desk).cell(view, of.get(), texts)));
    }

    private static Optional<CellLine> line(RunView run, CellKey cell) {
        return run.cells().stream().filter(line -> line.cell().equals(cell)).findFirst();
    }

    public Optional<String> cases(long run, CellKey cell, CaseFilter filter, int page, Live live) {
        Desk desk = desk(live);
        return asked.history()
                .cell(run, cell, 0)
                .map(view -> new PageMaker(desk).cases(view.line(), filter, page))
                .filter(cases -> page <= Math.max(1, cases.pages().size()))
                .map(cases -> desk.page("cases.ftlh", "../../../", "", cases));
    }

    public Optional<String> caseList(long run, CellKey cell) {
        return asked.history().cell(run, cell).map(view -> CaseList.of(view.cases()));
    }

    public Optional<String> one(String suite, String name, Live live) {
        Desk desk = desk(live);
        return asked.history()
                .caseHistory(suite, name, SiteWriter.RUNS)
                .map(view -> desk.page("case.ftlh", "../../", "", new PageMaker(desk).one(view, runs())));
    }

    public Optional<String> nameOf(String suite, String file) {
        String address = "case/" + suite + "/" + file;
        return asked.waivers().caseNames(suite).stream()
                .filter(name -> Links.page(new CaseName(suite, name)).equals(address))
                .findFirst();
    }

    public Optional<String> compare(long before, long now, Live live) {
        Desk desk = desk(live);
        Optional<RunView> then = asked.history().run(before);
        return then.flatMap(earlier -> asked.history()
                .run(now)
                .map(later -> desk.page("compare.ftlh", "../", "", new PageMaker(desk).compare(earlier, later))));
    }

    public String waivers(Live live) {
        Desk desk = desk(live);
        return desk.page("waivers.ftlh", "", "", new PageMaker(desk).waivers());
    }

    /** A page whose model its server knows. */
    public String page(String template, Object model, Live live) {
        return page(template, "", model, live);
    }

    public String page(String template, String root, Object model, Live live) {
        return desk(live).page(template, root, "", model);
    }

    public Optional<KeptFile> kept(long run, CellKey cell, String name) {
        String address = Links.folder(run, cell) + "/" + name;
        return asked.history()
                .cell(run, cell, 0)
                .flatMap(view -> Optional.ofNullable(addresses(view).get(address)));
    }

    /** What was kept, by the address under which it lies. */
    private static Map<String, KeptFile> addresses(CellView view) {
        String base = Links.folder(view.line().run(), view.line().cell());
        Map<String, Integer> ofRole = new LinkedHashMap<>();
        Map<String, KeptFile> byAddress = new LinkedHashMap<>();
        for (KeptFile file : view.files()) {
            byAddress.put(KeptText.address(file, ofRole.merge(file.role(), 1, Integer::sum), base), file);
        }
        return byAddress;
    }

    public static Optional<byte[]> asset(String name) {
        return assets().contains(name) ? Optional.of(Renderer.resource(name)) : Optional.empty();
    }

    public static List<String> assets() {
        return Stream.concat(Renderer.ASSETS.stream(), Renderer.LIVE_ASSETS.stream())
                .toList();
    }

    public static String harmless(String text) {
        return new Text().whole(text);
    }

    private List<RunLine> runs() {
        return asked.history().runs(SiteWriter.RUNS);
    }
}
