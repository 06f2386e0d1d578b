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
    private final List<RunLine> runs;

    RunWriter(Desk desk, List<RunLine> runs) {
        this.desk = desk;
        this.runs = runs;
    }

    void write(RunView view) throws IOException {
        CellWriter cells = new CellWriter(desk);
        for (CellLine line : view.cells()) {
            cells.write(line, view);
        }
        long number = view.run().number();
        Long previous = previous(view);
        String address = Links.run(number);
        String madeFrom = madeFrom(view, previous);
        boolean live = view.run().endedAt() == null;
        if (live || !desk.folder().isMadeFrom(address, madeFrom)) {
            desk.folder().put(address, desk.renderer().page("run.ftlh", "../../", madeFrom, page(view, previous)));
        }
        if (previous != null) {
            writeComparison(previous, view);
        }
    }

    /** The page as it is shown. */
    RunPage page(RunView view, @Nullable Long previous) {
        long number = view.run().number();
        return RunPage.of(
                view,
                view.broken().isEmpty()
                        ? List.of()
                        : SharedCause.of(desk.comparison().causes(number)),
                GuestChart.of(desk.history().guests(number), desk.now(), desk.zone()),
                new RunPage.Slow(
                        desk.comparison().slowest(number, RunPage.SLOW),
                        desk.comparison().slower(number, RunPage.SLOW)),
                previous,
                desk.now());
    }

    /** The run of the same matrix before a run, among those that have pages; null where there is none. */
    @Nullable
    Long previous(RunView view) {
        return runs.stream()
                .filter(run -> run.number() < view.run().number()
                        && run.matrix().equals(view.run().matrix()))
                .map(RunLine::number)
                .max(Long::compare)
                .orElse(null);
    }

    private void writeComparison(long before, RunView now) throws IOException {
        Optional<RunLine> earlier =
                runs.stream().filter(run -> run.number() == before).findFirst();
        String address = desk.links().compare(before, now.run().number());
        boolean live = now.run().endedAt() == null || earlier.orElseThrow().endedAt() == null;
        String madeFrom =
                desk.madeFrom(earlier.orElseThrow().toString(), now.run().toString());
        if (!live && desk.folder().isMadeFrom(address, madeFrom)) {
            return;
        }
        Optional<RunView> then = desk.history().run(before);
        if (then.isPresent()) {
            desk.folder().put(address, desk.renderer().page("compare.ftlh", "../", madeFrom, compare(then.get(), now)));
        }
    }

    /** The page as it is shown. */
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

    private String madeFrom(RunView view, @Nullable Long previous) {
        long number = view.run().number();
        return desk.madeFrom(
                view.toString(),
                String.valueOf(previous),
                Integer.toString(desk.waived().count(number)),
                desk.waived().expired(number).toString());
    }
}
