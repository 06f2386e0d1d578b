package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.text.Table;
import muster.testsuites.ResultFormat;
import muster.testsuites.format.ResultFormats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster read}. */
@Command(
        name = "read",
        description = {
            "Reads a journal of any format: counts, bad cases, and what could not be read. Of several, a table.",
            "Exit status 1: a case is bad or missing, or a journal is not whole; 4: there is no case."
        })
final class ReadCommand implements Callable<Integer> {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A journal, plain or packed (gz, xz, bz2, zst); - is standard input.")
    List<String> files;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "One of: ${COMPLETION-CANDIDATES}; default: guessed from the beginning.")
    @Nullable
    String format;

    @Option(names = "--json", description = "As JSON: an object; of several files, an array.")
    boolean json;

    /** For help and completion. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ResultFormats.names().iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        ResultFormat said = format == null ? null : named(format);
        List<JournalSummary> read = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        for (String file : files) {
            try {
                JournalSummary summary = GivenJournal.read(file, said);
                read.add(summary);
                codes.add(summary.exitCode());
            } catch (Refusal refusal) {
                spec.commandLine().getErr().println(refusal.getMessage());
                codes.add(refusal.exitCode());
            }
        }
        print(read);
        return Stream.of(ExitCode.USAGE, ExitCode.BAD, ExitCode.NOTHING_RAN)
                .filter(codes::contains)
                .findFirst()
                .orElse(ExitCode.GOOD);
    }

    private void print(List<JournalSummary> read) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<?> figures = read.stream().map(JournalSummary::forJson).toList();
            if (files.size() > 1 || !figures.isEmpty()) {
                out.println(Words.JSON.writeValueAsString(files.size() > 1 ? figures : figures.getFirst()));
            }
        } else if (files.size() == 1) {
            int width = Terminals.width();
            read.stream().flatMap(summary -> summary.lines(width).stream()).forEach(out::println);
        } else if (!read.isEmpty()) {
            Table table = new Table().row("file", "format", "cases", "unreadable", "end", "counts");
            read.forEach(summary -> table.row(summary.row()));
            table.lines(Terminals.width()).forEach(out::println);
        }
        out.flush();
    }

    private static ResultFormat named(String name) throws Refusal {
        String nearest = Nearest.to(name, ResultFormats.names())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        return ResultFormats.named(name)
                .orElseThrow(() -> Refusal.usage("cannot read the format '" + Words.harmless(name)
                        + "': it is not one of " + String.join(", ", ResultFormats.names()) + nearest));
    }
}
