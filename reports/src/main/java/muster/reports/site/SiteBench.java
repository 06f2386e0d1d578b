package muster.reports.site;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import muster.reports.ResultStore;
import muster.reports.Site;
import muster.reports.store.BenchFarm;
import muster.reports.store.StoreBench.Figure;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseName;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;

/** Measures how long pages take from the question to their text, and an export; on farms that never were. */
public final class SiteBench {

    private static final double PAGE_MILLIS = 200;
    private static final double EXPORT_SECONDS = 60;
    private static final int SAMPLES = 40;
    private static final int WARM = 10;
    private static final int NIGHTS = 30;
    private static final BenchFarm.Size MILLION = new BenchFarm.Size(20, 1, 50_000, 0.001);

    private final Consumer<String> doing;
    private final List<Figure> figures = new ArrayList<>();

    /** @param doing hears what is under way */
    public SiteBench(Consumer<String> doing) {
        this.doing = doing;
    }

    /** Opens an empty store in a folder. */
    @FunctionalInterface
    public interface Opening {
        ResultStore open(Path folder) throws IOException;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @param folder an empty one
     * @param nights of the farm whose pages are measured
     * @param size of each
     */
    public List<Figure> run(Path folder, int nights, BenchFarm.Size size, Opening opening) throws IOException {
        try (ResultStore store = opening.open(Files.createDirectories(folder.resolve("nights")))) {
            BenchFarm farm = new BenchFarm(size, 1);
            for (int night = 1; night <= nights; night++) {
                if (night % 50 == 0) {
                    doing.accept("night " + night + " of " + nights);
                }
                farm.night(store);
            }
            pages(store, folder.resolve("pages"));
        }
        try (ResultStore store = opening.open(Files.createDirectories(folder.resolve("million")))) {
            new BenchFarm(MILLION, 2).night(store);
            doing.accept("an export of 1,000,000 results");
            long from = System.nanoTime();
            Site.export(
                    store.history(),
                    store.comparison(),
                    store.waivers(),
                    folder.resolve("site"),
                    java.time.Clock.systemUTC(),
                    ZoneOffset.UTC);
            add("export of a run of 1,000,000 results, s", EXPORT_SECONDS, (System.nanoTime() - from) / 1e9);
        }
        return List.copyOf(figures);
    }

    private void pages(ResultStore store, Path folder) throws IOException {
        Instant now = Instant.parse("2027-01-01T00:00:00Z");
        SiteWriter writer = writer(store, folder, now);
        page("the farm", at -> store.history().farm(NIGHTS).runs().isEmpty() ? "" : writer.farm());
        Desk desk = writer.desk();
        List<RunLine> runs = desk.farm().runs();
        PageMaker maker = new PageMaker(desk);
        page("a run", at -> {
            RunView view = run(store, runs, at);
            return desk.page("run.ftlh", "../../", "", maker.run(view, PageMaker.previous(view, runs)));
        });
        if (runs.size() > 1) {
            page("two runs", at -> {
                RunView view = run(store, runs.subList(0, runs.size() - 1), at);
                RunView before = store.history()
                        .run(Objects.requireNonNull(PageMaker.previous(view, runs)))
                        .orElseThrow();
                return desk.page("compare.ftlh", "../", "", maker.compare(before, view));
            });
        }
        RunView newest = run(store, runs, 0);
        List<CellLine> lines = newest.cells();
        page("a cell", at -> {
            CellLine line = lines.get(at * 7 % lines.size());
            CellView view = store.history()
                    .cell(line.run(), line.cell(), CellPage.WHOLE)
                    .orElseThrow();
            return desk.page("cell.ftlh", "../../", "", maker.cell(view, newest, List.of()));
        });
        page("a list of cases", at -> list(desk, lines.get(at * 7 % lines.size()), new CaseFilter(Verdict.PASS, "")));
        page("cases by name", at -> list(desk, lines.get(at * 7 % lines.size()), new CaseFilter(null, "1")));
        List<CaseName> names = List.copyOf(store.history().troubled(1));
        page("a case", at -> {
            CaseName one = names.get(at * 13 % names.size());
            CaseView view =
                    store.history().caseHistory(one.suite(), one.name(), NIGHTS).orElseThrow();
            return desk.page("case.ftlh", "../../", "", maker.one(view, List.of()));
        });
        page("the waivers", at -> writer.waivers());
    }

    private static String list(Desk desk, CellLine line, CaseFilter filter) {
        return desk.page("cases.ftlh", "../../../", "", new PageMaker(desk).cases(line, filter, 1));
    }

    private static SiteWriter writer(ResultStore store, Path folder, Instant now) {
        return new SiteWriter(store.history(), store.comparison(), store.waivers(), folder, now, ZoneOffset.UTC);
    }

    private static RunView run(ResultStore store, List<RunLine> runs, int at) {
        return store.history().run(runs.get(at % runs.size()).number()).orElseThrow();
    }

    @FunctionalInterface
    private interface Page {
        String text(int at);
    }

    /** The first samples only warm the program. */
    private void page(String name, Page page) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Double> millis = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int at = 0; at < WARM + SAMPLES; at++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long from = System.nanoTime();
            String text = page.text(at);
            double took = (System.nanoTime() - from) / 1e6;
            if (at >= WARM && !text.isEmpty()) {
                millis.add(took);
                processor.add((threads.getCurrentThreadCpuTime() - cpu) / 1e6);
            }
        }
        add("page of " + name + ", ms at the 95th percentile", PAGE_MILLIS, percentile(millis));
        doing.accept(String.format(Locale.ROOT, "  of these on the processor: %.1f", percentile(processor)));
    }

    private static double percentile(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() * 95 / 100);
    }

    private void add(String what, double target, double measured) {
        figures.add(new Figure(what, target, false, measured));
        doing.accept(String.format(Locale.ROOT, "%s: %.1f", what, measured));
    }
}
