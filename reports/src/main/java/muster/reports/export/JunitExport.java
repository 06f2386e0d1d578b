package muster.reports.export;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import muster.reports.History;
import muster.reports.Waivers;

/**
 * The results of a run as JUnit XML, as Ant and Maven's Surefire write it and continuous integration reads it: a file
 * {@code TEST-<cell>.xml} for each cell, of its newest main or retry attempt.
 *
 * <p>FAIL is a {@code failure}; UNRESOLVED, UNINITIATED, NORESULT and MISSING are an {@code error}; SKIP, UNSUPPORTED,
 * UNTESTED, FIP and XFAIL are {@code skipped}, XFAIL of pytest's type; PASS, XPASS and WARNING have passed, the latter with
 * their message in {@code system-out}. FIP that a person decided is what it was decided to be. A waived case is {@code
 * skipped}, since it fails no run. Where an attempt is bad and no case says so, one that is named after the cell does.
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
        return ToldCell.writeAll(
                history,
                waivers,
                run,
                zone,
                cell -> folder.resolve("TEST-" + cell.slug() + ".xml"),
                (cell, out) -> new JunitCell(cell).write(history, out));
    }
}
