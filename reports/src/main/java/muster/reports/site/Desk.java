package muster.reports.site;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.Waivers;
import muster.reports.view.CellLine;
import muster.reports.view.FarmView;
import org.jspecify.annotations.Nullable;

/** What all who make pages of one moment work with. The farm at a glance is asked for once, and only when a page needs it. */
final class Desk {

    private final Asked asked;
    private final Renderer renderer;
    private final Links links;
    private final WaivedCells waived;
    private final @Nullable Live live;
    private final Instant now;
    private final ZoneId zone;
    private @Nullable FarmView farm;

    /**
     * @param farm the farm at a glance where it is known already, or null
     * @param live what only a page that is served shows, or null
     */
    Desk(
            Asked asked,
            @Nullable FarmView farm,
            Renderer renderer,
            Links links,
            @Nullable Live live,
            Instant now,
            ZoneId zone) {
        this.asked = asked;
        this.farm = farm;
        this.live = live;
        this.renderer = renderer;
        this.links = links;
        this.waived = new WaivedCells(asked.waivers(), zone);
        this.now = now;
        this.zone = zone;
    }

    /** Who answers. */
    record Asked(History history, Comparison comparison, Waivers waivers) {}

    History history() {
        return asked.history();
    }

    Comparison comparison() {
        return asked.comparison();
    }

    Waivers waivers() {
        return asked.waivers();
    }

    /** One page; {@code model} is {@code page} in the template, {@code root} leads from the page to the site's root. */
    String page(String template, String root, String madeFrom, Object model) {
        Map<String, Object> all = new HashMap<>(
                Map.of("page", model, "root", root, "madeFrom", madeFrom, "links", links, "waivers", waived));
        if (live != null) {
            all.put("live", live);
        }
        return renderer.page(template, all);
    }

    Links links() {
        return links;
    }

    WaivedCells waived() {
        return waived;
    }

    Instant now() {
        return now;
    }

    ZoneId zone() {
        return zone;
    }

    FarmView farm() {
        FarmView known = farm;
        if (known == null) {
            known = asked.history().farm(SiteWriter.RUNS);
            farm = known;
        }
        return known;
    }

    /** The lane of a cell: out of the farm where that is at hand, for it is dear where there are many lanes. */
    List<CellLine> lane(CellLine cell) {
        FarmView known = farm;
        return known == null ? asked.history().lane(cell.cell(), SiteWriter.RUNS) : FarmPage.lane(known, cell);
    }

    /** A digest of what a page is made from, and of how. */
    String madeFrom(String... parts) {
        return Links.digest(Renderer.templates() + "\n" + zone.getId() + "\n" + String.join("\n", parts));
    }
}
