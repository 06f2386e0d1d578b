package muster.reports.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;

/** Writes the pages of cells, the texts beside them and the lists of their cases. */
final class CellWriter {

    private final Desk desk;
    private final Map<Long, Map<CellKey, Instant>> removals = new HashMap<>();

    CellWriter(Desk desk) {
        this.desk = desk;
    }

    void write(CellLine line, RunView run) throws IOException {
        String address = Links.cell(line.run(), line.cell());
        String madeFrom = desk.madeFrom(
                line.toString(),
                run.run().matrix(),
                again(line, run),
                String.valueOf(removals.computeIfAbsent(line.run(), desk.history()::removals)
                        .get(line.cell())),
                desk.waived().of(line.run(), line.cell()).toString());
        if (line.outcome() != null && desk.folder().isMadeFrom(address, madeFrom)) {
            return;
        }
        CellView view =
                desk.history().cell(line.run(), line.cell(), CellPage.WHOLE).orElseGet(() -> notBegun(line));
        List<KeptText> texts = texts(view);
        if (!view.cases().isEmpty()) {
            writeCases(view);
        }
        desk.folder().put(address, desk.renderer().page("cell.ftlh", "../../", madeFrom, page(view, run, texts)));
    }

    /** The page as it is shown. */
    CellPage page(CellView view, RunView run, List<KeptText> texts) {
        Long baseline = view.baselineRun();
        Changes changes = baseline == null || view.provenance().isEmpty()
                ? null
                : Changes.of(
                        baseline,
                        desk.comparison()
                                .facts(view.line().cell(), baseline, view.line().run()));
        List<CellLine> lane = FarmPage.lane(desk.farm(), view.line());
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

    private void writeCases(CellView view) throws IOException {
        String text = Links.folder(view.line().run(), view.line().cell()) + "/cases.txt";
        if (CellPage.isWhole(view)) {
            desk.folder().put(text, CaseList.of(view.cases()));
            return;
        }
        List<CellPage.Group> groups = CellPage.rest(view, desk.links());
        desk.folder().stream(text, out -> {
            for (CellPage.Group group : groups) {
                for (int page = 1; page <= group.pages().size(); page++) {
                    List<CaseLine> cases = list(view.line(), group, page);
                    out.write(CaseList.of(cases).getBytes(StandardCharsets.UTF_8));
                    desk.folder()
                            .put(
                                    group.pages().get(page - 1),
                                    desk.renderer()
                                            .page(
                                                    "cases.ftlh",
                                                    "../../../",
                                                    "",
                                                    casesPage(view.line(), group, cases, page)));
                }
            }
        });
    }

    List<CaseLine> list(CellLine line, CellPage.Group group, int page) {
        return desk.history()
                .cases(
                        line.run(),
                        line.cell(),
                        Verdict.valueOf(group.state().word()),
                        (page - 1) * CellPage.LISTED,
                        CellPage.LISTED);
    }

    static CasesPage casesPage(CellLine line, CellPage.Group group, List<CaseLine> cases, int page) {
        return new CasesPage(
                line, group.state(), cases, (page - 1) * CellPage.LISTED + 1, group.count(), group.pages(), page);
    }

    /** What was found of a cell after its end. */
    private static String again(CellLine line, RunView run) {
        return run.again().getOrDefault(line.cell(), 0)
                + run.broken().stream()
                        .filter(change -> change.cell().equals(line.cell()))
                        .map(change -> String.valueOf(change.confirmation()))
                        .collect(Collectors.joining(", "));
    }

    private static CellView notBegun(CellLine line) {
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

    /** The page of a cell without what was kept of it. */
    Optional<String> cell(CellLine line, RunView run) {
        return desk.history()
                .cell(line.run(), line.cell(), CellPage.WHOLE)
                .map(view -> desk.renderer().page("cell.ftlh", "../../", "", page(view, run, List.of())));
    }

    /** A part of the cases of a cell that came to a verdict. */
    String cases(CellLine line, CellPage.Group group, int page) {
        return desk.renderer()
                .page("cases.ftlh", "../../../", "", casesPage(line, group, list(line, group, page), page));
    }

    private List<KeptText> texts(CellView view) throws IOException {
        String base = Links.folder(view.line().run(), view.line().cell());
        List<KeptText> texts = new ArrayList<>();
        Map<String, Integer> ofRole = new LinkedHashMap<>();
        for (KeptFile file : view.files()) {
            int number = ofRole.merge(file.role(), 1, Integer::sum);
            texts.add(KeptText.copy(desk.history(), file, number, base, desk.folder()));
        }
        return texts;
    }
}
