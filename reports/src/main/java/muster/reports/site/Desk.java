package muster.reports.site;

import java.time.Instant;
import java.time.ZoneId;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.view.FarmView;

/** What all who write pages of one export work with. */
record Desk(
        Asked asked,
        Folder folder,
        Renderer renderer,
        Links links,
        WaivedCells waived,
        FarmView farm,
        Instant now,
        ZoneId zone) {

    /** Who answers. */
    record Asked(History history, Comparison comparison) {}

    History history() {
        return asked.history();
    }

    Comparison comparison() {
        return asked.comparison();
    }

    /** A digest of what a page is made from, and of how. */
    String madeFrom(String... parts) {
        return Links.digest(Renderer.templates() + "\n" + zone.getId() + "\n" + String.join("\n", parts));
    }
}
