package muster.reports.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.view.CaseFilter;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;

/** Writes the pages of cells, the texts beside them and the lists of their cases. */
final class CellWriter {

    private final Desk desk;
    private final Folder folder;
    private final PageMaker pages;
    private final Map<Long, Map<CellKey, Instant>> removals = new HashMap<>();

    CellWriter(Desk desk, Folder folder) {
        this.desk = desk;
        this.folder = folder;
        this.pages = new PageMaker(desk);
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
        if (line.outcome() != null && folder.isMadeFrom(address, madeFrom)) {
            return;
        }
        CellView view =
                desk.history().cell(line.run(), line.cell(), CellPage.WHOLE).orElseGet(() -> PageMaker.notBegun(line));
        List<KeptText> texts = texts(view);
        if (!view.cases().isEmpty()) {
            writeCases(view);
        }
        folder.put(address, desk.page("cell.ftlh", "../../", madeFrom, pages.cell(view, run, texts)));
    }

    private void writeCases(CellView view) throws IOException {
        String text = Links.folder(view.line().run(), view.line().cell()) + "/cases.txt";
        if (CellPage.isWhole(view)) {
            folder.put(text, CaseList.of(view.cases()));
            return;
        }
        folder.stream(text, out -> {
            for (CellPage.Group group : CellPage.rest(view, desk.links())) {
                CaseFilter filter = new CaseFilter(Verdict.valueOf(group.state().word()), "");
                for (int page = 1; page <= group.pages().size(); page++) {
                    CasesPage cases = pages.cases(view.line(), filter, page);
                    out.write(CaseList.of(cases.cases()).getBytes(StandardCharsets.UTF_8));
                    folder.put(group.pages().get(page - 1), desk.page("cases.ftlh", "../../../", "", cases));
                }
            }
        });
    }

    /** What was found of a cell after its end. */
    private static String again(CellLine line, RunView run) {
        return run.again().getOrDefault(line.cell(), 0)
                + run.broken().stream()
                        .filter(change -> change.cell().equals(line.cell()))
                        .map(change -> String.valueOf(change.confirmation()))
                        .collect(Collectors.joining(", "));
    }

    private List<KeptText> texts(CellView view) throws IOException {
        String base = Links.folder(view.line().run(), view.line().cell());
        List<KeptText> texts = new ArrayList<>();
        Map<String, Integer> ofRole = new LinkedHashMap<>();
        for (KeptFile file : view.files()) {
            int number = ofRole.merge(file.role(), 1, Integer::sum);
            texts.add(KeptText.copy(desk.history(), file, number, base, folder));
        }
        return texts;
    }
}
