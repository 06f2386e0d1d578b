package muster.reports.site;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import muster.reports.view.CellLine;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import org.jspecify.annotations.Nullable;

/** Writes the pages of runs, and those that compare each with the one before it of the same matrix. */
final class RunWriter {

    private final Desk desk;
    private final Folder folder;
    private final PageMaker pages;
    private final List<RunLine> runs;

    RunWriter(Desk desk, Folder folder, List<RunLine> runs) {
        this.desk = desk;
        this.folder = folder;
        this.pages = new PageMaker(desk);
        this.runs = runs;
    }

    void write(RunView view) throws IOException {
        CellWriter cells = new CellWriter(desk, folder);
        for (CellLine line : view.cells()) {
            cells.write(line, view);
        }
        long number = view.run().number();
        Long previous = PageMaker.previous(view, runs);
        String address = Links.run(number);
        String madeFrom = madeFrom(view, previous);
        boolean live = view.run().endedAt() == null;
        if (live || !folder.isMadeFrom(address, madeFrom)) {
            folder.put(address, desk.page("run.ftlh", "../../", madeFrom, pages.run(view, previous)));
        }
        if (previous != null) {
            writeComparison(previous, view);
        }
    }

    private void writeComparison(long before, RunView now) throws IOException {
        Optional<RunLine> earlier =
                runs.stream().filter(run -> run.number() == before).findFirst();
        String address = desk.links().compare(before, now.run().number());
        boolean live = now.run().endedAt() == null || earlier.orElseThrow().endedAt() == null;
        String madeFrom =
                desk.madeFrom(earlier.orElseThrow().toString(), now.run().toString());
        if (!live && folder.isMadeFrom(address, madeFrom)) {
            return;
        }
        Optional<RunView> then = desk.history().run(before);
        if (then.isPresent()) {
            folder.put(address, desk.page("compare.ftlh", "../", madeFrom, pages.compare(then.get(), now)));
        }
    }

    private String madeFrom(RunView view, @Nullable Long previous) {
        long number = view.run().number();
        return desk.madeFrom(
                view.toString(),
                String.valueOf(previous),
                Integer.toString(desk.waived().count(number)),
                desk.waived().expired(number).toString());
    }
}
