package muster.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import muster.reports.site.Copies;
import muster.reports.site.Links;
import muster.reports.site.SiteWriter;

/** The report as a folder of pages that need no server, no network and no JavaScript. */
public final class Site {

    private Site() {}

    /**
     * Writes the farm's pages, those of the last 30 runs and of their cells, and those of the cases that were bad or
     * changed lately: in these runs, or in fewer of them where these are more than 2,000 cases. All other cases stand in
     * the lists of their cells. May be called while a run is under way, and again into the same folder: only what changed is
     * written, each file whole or not at all, and nothing is removed.
     *
     * @param folder made where it is not there; begin with its {@code index.html}
     * @param zone in which times are shown
     * @return how many files were new or had changed
     * @throws IOException when a page cannot be written or a kept file not be read
     */
    public static int export(
            History history, Comparison comparison, Waivers waivers, Path folder, Clock clock, ZoneId zone)
            throws IOException {
        return new SiteWriter(history, comparison, waivers, folder, clock.instant(), zone).write();
    }

    /** Where the page of a run lies, from the site's root. */
    public static String page(long run) {
        return Links.run(run);
    }

    /** Where the page of a cell lies, from the site's root. */
    public static String page(long run, CellKey cell) {
        return Links.cell(run, cell);
    }

    /** How many bytes fewer a site takes once {@link #forget} has run. */
    public static long forgettable(Path folder, List<Retention.Going> going, Instant at) throws IOException {
        return new Copies(folder, at).of(going, false);
    }

    /**
     * Puts a sentence in the place of every copy of a file that retention has removed, so that links to it stay good.
     *
     * @return how many bytes fewer the site takes
     */
    public static long forget(Path folder, List<Retention.Going> going, Instant at) throws IOException {
        return new Copies(folder, at).of(going, true);
    }
}
