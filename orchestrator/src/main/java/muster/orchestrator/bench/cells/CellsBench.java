package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.SimulatedMatrix;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.RunStatus;
import muster.orchestrator.web.StatusLine;
import muster.reports.CellKey;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;

/**
 * What very many cells at once take of the orchestrator, how soon a browser sees what their suites write, and whether all of it is
 * stored. One process plays all guests, another is the service, this one looks at its pages.
 */
public final class CellsBench {

    private static final double MOST_HEAP = 1024;
    private static final double MOST_CORES = 1;
    private static final double MOST_MILLIS = 1_000;
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final double MEBIBYTE = 1 << 20;

    private final Path root;
    private final Path folder;
    private final Size size;
    private final Consumer<String> progress;
    private final Clock clock;

    /**
     * How much there is to do.
     *
     * @param cells at once
     * @param steady how long all of them run before the first ends
     * @param line between two cases of a suite
     * @param pages of cells that are open in a browser, beside the run's
     * @param killed whether the service is killed then, and another takes all of them up
     */
    public record Size(int cells, Duration steady, Duration line, int pages, boolean killed) {}

    /**
     * What it came to.
     *
     * @param troubles what was missing, too many or different, a sentence each
     */
    public record Result(List<Figures> figures, List<String> troubles) {
        /** Whether nothing was lost and all targets were met. */
        public boolean holds() {
            return troubles.isEmpty() && figures.stream().allMatch(Figures::holds);
        }
    }

    /**
     * @param root the program's folder
     * @param folder an empty one with a short path
     * @param progress is told what happens
     */
    public CellsBench(Path root, Path folder, Size size, Consumer<String> progress, Clock clock) {
        this.root = root;
        this.folder = folder;
        this.size = size;
        this.progress = progress;
        this.clock = clock;
    }

    /** Looks on while all cells run. */
    @FunctionalInterface
    public interface Onlooker {
        /** @param pages of cells under way */
        void look(List<URI> pages) throws IOException, InterruptedException;
    }

    public Result measure() throws IOException, InterruptedException {
        return measure(pages -> {});
    }

    /** @param onlooker also looks, before anything is measured in that phase */
    public Result measure(Onlooker onlooker) throws IOException, InterruptedException {
        Home home = Home.open(folder.resolve("home"));
        Files.writeString(home.folder().resolve("farm.yaml"), """
                memory: %dM
                cpus: 256
                web: { listen: off }
                """.formatted(200L * size.cells()));
        Path matrix = SimulatedMatrix.write(home, "cells", size.cells(), () -> 128, 0.1);
        Path socket = folder.resolve(GuestsProcess.SOCKET);
        try (JavaProcess guests = JavaProcess.start(
                List.of(),
                List.of("-Xmx2g"),
                GuestsProcess.class,
                folder.resolve("guests.out"),
                folder.toString(),
                Long.toString(size.line().toMillis()))) {
            guests.await("guests", START_LIMIT, () -> Files.exists(socket));
            Measured measured;
            HeapLog heap;
            try (MeasuredService service = new MeasuredService(root, folder, home)) {
                measured = new Measured(service, matrix, new GuestsDoor(socket));
                measured.run(onlooker);
                heap = service.heap();
            }
            return measured.result(heap, home);
        }
    }

    /** One run of all cells. */
    private final class Measured {

        private final MeasuredService service;
        private final Path matrix;
        private final GuestsDoor guests;
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final List<Figures> figures = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private final Path written = folder.resolve(GuestsProcess.WRITTEN);
        private long run;
        private int threads;
        private long resident;

        Measured(MeasuredService service, Path matrix, GuestsDoor guests) {
            this.service = service;
            this.matrix = matrix;
            this.guests = guests;
        }

        void run(Onlooker onlooker) throws IOException, InterruptedException {
            ProcessUse before = use();
            run = service.client()
                    .queue(new QueueRequest(matrix.toString(), Map.of(), List.of(), 0, null))
                    .run();
            progress.accept("queued " + size.cells() + " cells");
            List<Viewer> viewers = new ArrayList<>();
            viewers.add(Viewer.open(http, service.pages().resolve("run/" + run + "/index.html"), clock));
            awaitGuests("began", size.cells(), GuestOrder.Answer::begun);
            ProcessUse ramped = use();
            phase("begin all", before, ramped);
            viewers.getFirst().takePageMillis();
            List<URI> cells = watched();
            onlooker.look(cells);
            for (URI cell : cells) {
                viewers.add(Viewer.open(http, cell, clock));
            }
            progress.accept("all run");
            steady(viewers);
            progress.accept("steady over");
            if (size.killed()) {
                close(viewers);
                figures.addAll(TakingUp.measure(service, Deadline.in(RUN_LIMIT)));
                progress.accept("all taken up");
            }
            ProcessUse ending = use();
            guests.ask(GuestOrder.endSuites(20L * size.cells()));
            awaitGuests("ended", size.cells(), GuestOrder.Answer::closed);
            HomeClient client = service.client();
            RunStatus status = client.run(run);
            for (Instant limit = clock.instant().plus(RUN_LIMIT); status.endedAt() == null; status = client.run(run)) {
                if (clock.instant().isAfter(limit)) {
                    throw new IOException("cannot measure: the run did not end");
                }
                Thread.sleep(LOOK);
            }
            phase("end all", ending, use());
            close(viewers);
        }

        private void close(List<Viewer> viewers) {
            viewers.forEach(viewer -> {
                troubles.addAll(viewer.troubles());
                if (viewer.gaps() > 0) {
                    troubles.add("a browser missed lines " + viewer.gaps() + " times");
                }
                viewer.close();
            });
            viewers.clear();
        }

        private void steady(List<Viewer> viewers) throws IOException, InterruptedException {
            Thread.sleep(Duration.ofSeconds(3)); // who has begun to look has caught up
            viewers.forEach(Viewer::takeSeen);
            viewers.forEach(Viewer::takePageMillis);
            ProcessUse from = use();
            Duration quarter = size.steady().dividedBy(4);
            for (int i = 0; i < 4; i++) {
                Thread.sleep(quarter);
                use();
            }
            ProcessUse to = use();
            List<Double> seen = viewers.stream()
                    .flatMap(viewer -> viewer.takeSeen().stream())
                    .map(millis -> (double) (long) millis)
                    .sorted()
                    .toList();
            if (seen.isEmpty()) {
                throw new IOException("cannot measure: no line was seen in a browser");
            }
            figures.add(Figures.once("processor of the orchestrator while all run", "cores", to.coresSince(from))
                    .atMost(MOST_CORES));
            figures.add(Figures.once("lines seen in a browser", "", seen.size()));
            figures.add(Figures.once("from written to seen, half", "ms", quantile(seen, 0.5)));
            figures.add(Figures.once("from written to seen, p99", "ms", quantile(seen, 0.99))
                    .atMost(MOST_MILLIS));
            figures.add(Figures.once("from written to seen, most", "ms", seen.getLast()));
            figures.add(new Figures("the run's page", "ms", viewers.getFirst().takePageMillis()));
            List<Double> cells = viewers.stream()
                    .skip(1)
                    .flatMap(viewer -> viewer.takePageMillis().stream())
                    .toList();
            if (!cells.isEmpty()) {
                figures.add(new Figures("a cell's page", "ms", cells));
            }
        }

        /** Pages of cells from all over the run. */
        private List<URI> watched() throws IOException, InterruptedException {
            List<StatusLine> all = service.client().underWay();
            List<URI> some = new ArrayList<>();
            for (int i = 0; i < size.pages(); i++) {
                CellKey cell = CellKey.parse(
                        all.get((int) ((long) i * all.size() / size.pages())).cell());
                some.add(service.pages().resolve("run/" + run + "/" + cell.slug() + ".html"));
            }
            return some;
        }

        private interface Count {
            int of(GuestOrder.Answer answer);
        }

        private void awaitGuests(String word, int wanted, Count count) throws IOException, InterruptedException {
            Instant limit = clock.instant().plus(RUN_LIMIT);
            int told = 0;
            for (int now = count.of(guests.ask(GuestOrder.look()));
                    now < wanted;
                    now = count.of(guests.ask(GuestOrder.look()))) {
                if (clock.instant().isAfter(limit) || !service.isAlive()) {
                    throw new IOException("cannot measure: " + now + " of " + wanted + " suites " + word
                            + "; the service said: " + service.said());
                }
                if (now - told >= Math.max(1, wanted / 10)) {
                    told = now;
                    progress.accept(now + " suites " + word);
                }
                Thread.sleep(LOOK);
            }
        }

        private void phase(String name, ProcessUse from, ProcessUse to) {
            figures.add(Figures.once(name + ", wall time", "s", (to.atNanos() - from.atNanos()) / 1e9));
            figures.add(Figures.once(name + ", processor", "s", to.cpuSeconds() - from.cpuSeconds()));
        }

        private ProcessUse use() throws IOException {
            ProcessUse now = service.use();
            threads = Math.max(threads, now.threads());
            resident = Math.max(resident, now.residentBytes());
            return now;
        }

        Result result(HeapLog heap, Home home) throws IOException {
            figures.add(Figures.once("heap at most, with garbage", "MiB", heap.peak())
                    .atMost(MOST_HEAP));
            figures.add(Figures.once("heap at most after a collection", "MiB", heap.peakAfter()));
            figures.add(Figures.once("longest collection", "ms", heap.longestMillis()));
            figures.add(Figures.once("resident at most", "MiB", resident / MEBIBYTE));
            figures.add(Figures.once("threads of the system at most", "", threads));
            try (ResultStore store = JdbiResultStore.open(home.store(), clock)) {
                StoredOutput stored = new StoredOutput(store.history(), written);
                stored.compare(run);
                figures.add(Figures.once("cells stored whole", "", stored.cells()));
                figures.add(Figures.once("cases stored", "", (double) stored.lines()));
                troubles.addAll(stored.troubles());
                if (stored.cells() != size.cells()) {
                    troubles.add(stored.cells() + " of " + size.cells() + " cells are stored whole");
                }
            }
            return new Result(figures, troubles);
        }
    }

    private static double quantile(List<Double> sorted, double part) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }
}
