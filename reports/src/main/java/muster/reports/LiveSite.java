package muster.reports;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import muster.reports.Ending.KeptFile;
import muster.reports.site.AccessPage;
import muster.reports.site.HostsPage;
import muster.reports.site.Live;
import muster.reports.site.LivePages;
import muster.reports.site.ProblemPage;
import muster.reports.site.QueuePage;
import muster.reports.site.SchedulePage;
import muster.reports.site.SignInPage;
import muster.reports.view.CaseFilter;

/**
 * The report's pages for a server, each made from the store when it is asked for, at the addresses that they have in {@link
 * Site}. Safe for many threads.
 */
public final class LiveSite {

    private final LivePages pages;

    /** @param zone in which times are shown */
    public LiveSite(ResultStore store, Clock clock, ZoneId zone) {
        this.pages = new LivePages(store.history(), store.comparison(), store.waivers(), clock, zone);
    }

    public String farm(Live live) {
        return pages.farm(live);
    }

    /** Empty where there is no such run. */
    public Optional<String> run(long run, Live live) {
        return pages.run(run, live);
    }

    /** Empty where there is no such cell. */
    public Optional<String> cell(long run, CellKey cell, Live live) throws IOException {
        return pages.cell(run, cell, live);
    }

    /**
     * Some cases of a cell, a page of them; empty where there is no such page. The first one is always there.
     *
     * @param page from 1
     */
    public Optional<String> cases(long run, CellKey cell, CaseFilter filter, int page, Live live) {
        return pages.cases(run, cell, filter, page, live);
    }

    /** All cases of a cell as plain text, a line each. */
    public Optional<String> caseList(long run, CellKey cell) {
        return pages.caseList(run, cell);
    }

    /** Empty where no such case was ever seen. */
    public Optional<String> one(String suite, String name, Live live) {
        return pages.one(suite, name, live);
    }

    /** The name of the case whose page {@link Site} puts into a file of that name in the suite's folder. */
    public Optional<String> nameOf(String suite, String file) {
        return pages.nameOf(suite, file);
    }

    /** Empty where one of the runs is not there. */
    public Optional<String> compare(long before, long now, Live live) {
        return pages.compare(before, now, live);
    }

    public String waivers(Live live) {
        return pages.waivers(live);
    }

    public String queue(QueuePage page, Live live) {
        return pages.page("queue.ftlh", page, live);
    }

    public String hosts(HostsPage page, Live live) {
        return pages.page("hosts.ftlh", page, live);
    }

    public String schedule(SchedulePage page, Live live) {
        return pages.page("schedule.ftlh", page, live);
    }

    public String access(AccessPage page, Live live) {
        return pages.page("access.ftlh", page, live);
    }

    public String signIn(SignInPage page, Live live) {
        return pages.page("sign-in.ftlh", page, live);
    }

    /**
     * A page that says what went wrong.
     *
     * @param root leads from the address that was asked for to the site's root: {@code ../} for each folder
     */
    public String problem(ProblemPage page, String root, Live live) {
        return pages.page("problem.ftlh", root, page, live);
    }

    /** What was kept of a cell under the address that its page gives it, e.g. {@code log.txt}. */
    public Optional<KeptFile> kept(long run, CellKey cell, String name) {
        return pages.kept(run, cell, name);
    }

    /** What pages need beside themselves, e.g. {@code muster.css}. */
    public Optional<byte[]> asset(String name) {
        return LivePages.asset(name);
    }

    /** A text of a guest, whole, made fit to be read. */
    public static String harmless(String text) {
        return LivePages.harmless(text);
    }

    /** The names of all {@link #asset}s. */
    public static List<String> assets() {
        return LivePages.assets();
    }
}
