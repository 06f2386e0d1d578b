package muster.reports.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.Waived;
import muster.reports.Waivers;
import muster.reports.view.CellLine;

/**
 * The results of a run as JUnit XML, as Ant and Maven's Surefire write it and continuous integration reads it: a file
 * {@code TEST-<cell>.xml} for each cell, of its newest main or retry attempt.
 *
 * <p>FAIL is a {@code failure}; UNRESOLVED, UNINITIATED, NORESULT and MISSING are an {@code error}; SKIP, UNSUPPORTED,
 * UNTESTED, FIP and XFAIL are {@code skipped}, XFAIL of pytest's type; PASS, XPASS and WARNING have passed, the latter with
 * their message in {@code system-out}. FIP that a person decided is what it was decided to be. A waived case is {@code skipped}, since it fails no run. Where an attempt is bad and
 * no case says so, one that is named after the cell does.
 */
public final class JunitExport {

    private JunitExport() {}

    /**
     * Writes the files of a run into a folder, made where it is not there; what else lies there stays.
     *
     * @param zone that in which the days of waivers begin
     * @return the files
     */
    public static List<Path> write(History history, Waivers waivers, long run, ZoneId zone, Path folder)
            throws IOException {
        SortedMap<CellKey, Waived> waived = waivers.of(run, zone);
        SortedMap<CellKey, SortedMap<String, Resolution>> decided = waivers.decided(run);
        Map<CellKey, Attempt> shown = Shown.of(history, run);
        List<Path> files = new ArrayList<>();
        for (CellLine cell : history.cells(run)) {
            Path file = folder.resolve("TEST-" + cell.cell().slug() + ".xml");
            JunitCell content = new JunitCell(
                    cell,
                    shown.get(cell.cell()),
                    waived.getOrDefault(cell.cell(), Waived.NOTHING),
                    decided.getOrDefault(cell.cell(), Collections.emptySortedMap()));
            WholeFile.write(file, (Writer out) -> content.write(history, out));
            files.add(file);
        }
        return files;
    }
}
