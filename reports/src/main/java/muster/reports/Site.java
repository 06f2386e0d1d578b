package muster.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import muster.reports.site.SiteWriter;

/** The report as a folder of pages that need no server, no network and no JavaScript. */
public final class Site {

    private Site() {}

    /**
     * Writes the farm's pages, those of the last 30 runs and of their cells, and those of the cases that were bad or
     * changed in them. May be called while a run is under way, and again into the same folder: only what changed is
     * written, each file whole or not at all, and nothing is removed.
     *
     * @param folder made where it is not there; begin with its {@code index.html}
     * @param zone in which times are shown
     * @return how many files were new or had changed
     * @throws IOException when a page cannot be written or a kept file not be read
     */
    public static int export(History history, Waivers waivers, Path folder, Clock clock, ZoneId zone)
            throws IOException {
        return new SiteWriter(history, waivers, folder, clock.instant(), zone).write();
    }
}
