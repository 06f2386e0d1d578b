package muster.orchestrator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.KeptTexts;
import muster.orchestrator.run.Transcript;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusLine;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.CellView;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code muster log}, {@code console} and {@code journal} share: what a cell said, live or later. */
abstract class TranscriptCommand implements Callable<Integer> {

    private static final Duration BEAT = Duration.ofMillis(200);

    /** In beats: a holder that ends writes its report first. */
    private static final int PATIENCE = 300;

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "CELL",
            description = "A cell, e.g. debian-12:commands:default@uml, or as much as names one.")
    String selector = "";

    @Option(names = "-f", description = "Follow it until the cell has ended.")
    boolean follow;

    @Option(names = "--lines", paramLabel = "N", description = "Only the last N lines of what is there already.")
    int lines = Integer.MAX_VALUE;

    @Option(
            names = "--shard",
            paramLabel = "N",
            description = "Only that of its shard N, from 1. Without it, that of all its shards one after the other.")
    int shard;

    /** What is printed. */
    abstract Transcript which();

    @Override
    public final Integer call() throws Exception {
        if (lines < 0) {
            throw Refusal.usage("cannot print " + lines + " lines: expected 0 or more");
        }
        Home home = Home.open(main.home);
        Harmless out = new Harmless(System.out);
        Optional<Kept> kept = which() == Transcript.CONSOLE ? kept(home) : Optional.empty();
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (kept.isPresent()) {
            print(home, kept.get(), out);
        } else if (door.isPresent()) {
            print(home, new HomeClient(door.get()), out);
        } else {
            printStored(home, out);
        }
        out.end();
        return ExitCode.GOOD;
    }

    private void printStored(Home home, OutputStream out) throws Exception {
        try (ResultStore store = Stores.open(home)) {
            print(store.history(), out);
        }
    }

    /** What a cell under way says, or one of the same run that has ended. */
    private void print(Home home, HomeClient client, OutputStream out) throws Exception {
        List<StatusLine> cells;
        try {
            cells = client.underWay();
        } catch (HomeClient.Unreachable ends) {
            awaitEnd(home);
            printStored(home, out);
            return;
        }
        CellKey one = Cells.one(
                selector, cells.stream().map(line -> CellKey.parse(line.cell())).toList());
        StatusLine line = cells.stream()
                .filter(each -> each.cell().equals(one.toString()))
                .reduce((older, newer) -> newer)
                .orElseThrow();
        if (follow && shard == 0 && !line.shards().isEmpty()) {
            throw Refusal.usage("cannot follow " + one + ": it runs in "
                    + line.shards().size() + " shards; name one with --shard N");
        }
        HomeClient.Copied copied;
        try (LastLines last = new LastLines(out, lines)) {
            copied = client.copy(line, which(), shard(), 0, false, last);
        }
        if (follow && copied.whole()) {
            copied = client.copy(line, which(), shard(), copied.bytes(), true, out);
        }
        if (!copied.whole()) {
            printRest(home, line, copied.bytes(), out);
        }
    }

    /** The holder of the home ended while its cell was followed: what it had not told yet lies in the store. */
    private void printRest(Home home, StatusLine line, long from, OutputStream out)
            throws IOException, ConfigError, Refusal, InterruptedException {
        awaitEnd(home);
        try (ResultStore store = Stores.open(home)) {
            Optional<CellView> cell = store.history().cell(line.run(), CellKey.parse(line.cell()));
            if (cell.isPresent()) {
                copy(store.history(), cell.get(), from, out);
            }
        }
    }

    /** Waits until nobody holds the home. */
    private static void awaitEnd(Home home) throws IOException, InterruptedException {
        int beats = 0;
        for (Optional<HomeLock.Door> door = HomeLock.door(home); door.isPresent(); door = HomeLock.door(home)) {
            if (++beats > PATIENCE) {
                throw new IOException("cannot read on: process " + door.get().pid()
                        + " holds the home and does not answer; end it, and try again");
            }
            Thread.sleep(BEAT);
        }
    }

    private void print(History history, OutputStream out) throws Refusal, ConfigError, IOException {
        CellView cell = PastCells.newest(history, selector, main.home);
        try (LastLines last = new LastLines(out, lines)) {
            if (!copy(history, cell, 0, last)) {
                throw Refusal.usage("cannot print the " + which().word() + " of "
                        + cell.line().cell() + ": " + (shard == 0 ? "it" : "its shard " + shard) + " has none");
            }
        }
    }

    private Optional<Kept> kept(Home home) throws IOException, ConfigError, Refusal {
        List<Kept> all = Kept.list(home);
        List<CellKey> keys = all.stream().map(Kept::cell).distinct().toList();
        if (!Cells.selects(selector, keys)) {
            return Optional.empty();
        }
        CellKey one = Cells.one(selector, keys);
        return all.stream().filter(kept -> kept.cell().equals(one)).reduce((older, newer) -> newer);
    }

    /** The console of a guest that is kept still grows. */
    private void print(Home home, Kept kept, OutputStream out) throws IOException, InterruptedException {
        Path file = which().file(kept.folder(home));
        long read = 0;
        try (LastLines last = new LastLines(out, lines);
                InputStream in = Files.newInputStream(file)) {
            read = in.transferTo(last);
        }
        while (follow && Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(read);
                read += in.transferTo(out);
            }
            out.flush();
            Thread.sleep(BEAT);
        }
    }

    private String shard() {
        return shard == 0 ? "" : "shard-" + shard;
    }

    /** Whether there was anything. */
    private boolean copy(History history, CellView cell, long from, OutputStream out) throws IOException, Refusal {
        for (Ending.KeptFile file : KeptTexts.chosen(cell.files(), which(), shard())) {
            if (file.removedAt() != null) {
                throw Refusal.usage("cannot print the " + which().word() + " of "
                        + cell.line().cell() + " in run " + cell.line().run() + ": " + file.removal());
            }
        }
        Optional<InputStream> text = KeptTexts.open(history, cell.files(), which(), shard());
        if (text.isPresent()) {
            try (InputStream in = text.get()) {
                in.skip(from);
                in.transferTo(out);
            }
            out.flush();
        }
        return text.isPresent();
    }
}
