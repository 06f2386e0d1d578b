package muster.orchestrator.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.run.Transcript;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusLine;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster log}: what a cell said, live or later. */
@Command(name = "log", description = "Prints what a cell's suite said, live or later.")
final class LogCommand implements Callable<Integer> {

    private static final Duration BEAT = Duration.ofMillis(200);

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

    @Option(
            names = "--of",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}: the scripts' output, the results, or the guest's console.")
    Transcript which = Transcript.LOG;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(main.home);
        OutputStream out = new Harmless(System.out);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (door.isPresent()) {
            HomeClient client = new HomeClient(door.get());
            List<StatusLine> lines = client.cells();
            CellKey one =
                    one(lines.stream().map(line -> CellKey.parse(line.cell())).toList());
            StatusLine line = lines.stream()
                    .filter(each -> each.cell().equals(one.toString()))
                    .reduce((older, newer) -> newer)
                    .orElseThrow();
            HomeClient.Copied copied = client.copy(line, which, follow, out);
            if (!copied.whole()) {
                printRest(home, line, copied.bytes(), out);
            }
            return ExitCode.GOOD;
        }
        try (ResultStore store = Stores.open(home)) {
            print(store.history(), out);
        }
        return ExitCode.GOOD;
    }

    /** The holder of the home ended while its cell was followed: what it had not told yet lies in the store. */
    private void printRest(Home home, StatusLine line, long from, OutputStream out)
            throws IOException, ConfigError, InterruptedException {
        while (HomeLock.door(home).isPresent()) {
            Thread.sleep(BEAT);
        }
        try (ResultStore store = Stores.open(home)) {
            Optional<CellView> cell = store.history().cell(line.run(), CellKey.parse(line.cell()));
            if (cell.isPresent() && kept(cell.get()).isPresent()) {
                copy(store.history(), kept(cell.get()).get(), from, out);
            }
        }
    }

    private void print(History history, OutputStream out) throws Refusal, ConfigError, IOException {
        for (RunLine run : history.runs(100)) {
            List<CellKey> keys = history.cells(run.number()).stream()
                    .map(line -> line.cell())
                    .toList();
            if (keys.stream().noneMatch(Selector.parse(List.of(selector))::selects)) {
                continue;
            }
            CellView cell = history.cell(run.number(), one(keys)).orElseThrow();
            Ending.KeptFile file = kept(cell)
                    .orElseThrow(() -> Refusal.usage("cannot print the " + which.word() + " of "
                            + cell.line().cell() + ": it has none"));
            copy(history, file, 0, out);
            return;
        }
        throw Refusal.usage("cannot find a cell '" + selector + "' in the last 100 runs; 'muster status' names them");
    }

    private Optional<Ending.KeptFile> kept(CellView cell) {
        return cell.files().stream()
                .filter(file -> file.role().equals(which.word()))
                .findFirst();
    }

    private static void copy(History history, Ending.KeptFile file, long from, OutputStream out) throws IOException {
        try (InputStream in = history.open(file)) {
            in.skipNBytes(Math.min(from, file.bytes()));
            in.transferTo(out);
        }
        out.flush();
    }

    private CellKey one(List<CellKey> keys) throws Refusal, ConfigError {
        List<CellKey> chosen = Selector.parse(List.of(selector)).select(keys);
        if (chosen.size() != 1) {
            throw Refusal.usage("cannot tell which cell '" + selector + "' means: it selects " + chosen.size() + " of "
                    + keys + "; name one");
        }
        return chosen.getFirst();
    }

    /** Keeps a guest's escape sequences from the reader's terminal; bytes of UTF-8 beyond ASCII pass. */
    private static final class Harmless extends FilterOutputStream {
        Harmless(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            StringBuilder safe = new StringBuilder(length);
            text.chars().forEach(c -> safe.append((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? '?' : (char) c));
            out.write(safe.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
