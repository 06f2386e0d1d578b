package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import muster.orchestrator.text.Table;
import muster.reports.Counts;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** What one journal said: counts, and the first of what is worth a look. */
final class JournalSummary implements ResultSink {
    private static final int MOST_SHOWN = 1000;

    private final String file;
    private final String format;
    private final boolean guessed;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final List<CaseResult> bad = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long unreadables;
    private @Nullable Long planned;
    private @Nullable String truncated;

    /** A line that could not be read. */
    private record Unreadable(long line, String seen, String expected) {}

    JournalSummary(String file, String format, boolean guessed) {
        this.file = file;
        this.format = format;
        this.guessed = guessed;
    }

    @Override
    public void result(CaseResult result) {
        counts.merge(result.verdict(), 1, Integer::sum);
        if (result.verdict().isBad() && bad.size() < MOST_SHOWN) {
            bad.add(result);
        }
    }

    @Override
    public void planned(long cases) {
        planned = cases;
    }

    @Override
    public void unreadable(long line, String seen, String expected) {
        if (++unreadables <= MOST_SHOWN) {
            unreadable.add(new Unreadable(line, seen, expected));
        }
    }

    @Override
    public void truncated(String why) {
        truncated = truncated == null ? why : truncated + "; " + why;
    }

    private Counts counts() {
        return new Counts(counts);
    }

    /** 4 where nothing ran; 1 where a case is bad, or missing, or the journal is not whole. */
    int exitCode() {
        if (counts().total() == 0) {
            return ExitCode.NOTHING_RAN;
        }
        boolean whole = truncated == null && (planned == null || planned <= counts().total());
        return whole && counts().bad() == 0 ? ExitCode.GOOD : ExitCode.BAD;
    }

    /** For people. */
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        lines.add("format: " + format + (guessed ? " (guessed)" : ""));
        int total = counts().total();
        lines.add(total + (total == 1 ? " case" : " cases") + (total == 0 ? "" : ": " + Words.of(counts())));
        if (planned != null && planned != total) {
            lines.add(planned + (planned == 1 ? " was planned" : " were planned"));
        }
        if (truncated != null) {
            lines.add("the journal is cut short: " + Words.harmless(truncated));
        }
        if (unreadables > 0) {
            lines.add("");
            lines.add(unreadables + (unreadables == 1 ? " line" : " lines") + " could not be read:");
            unreadable.forEach(each -> lines.add("  line " + each.line() + ": cannot read '"
                    + Words.harmless(each.seen()) + "': expected " + each.expected()));
            more(lines, unreadables - unreadable.size());
        }
        if (!bad.isEmpty()) {
            lines.add("");
            Table table = new Table().row("line", "verdict", "said", "case", "message");
            bad.forEach(each -> table.row(
                    String.valueOf(each.line()),
                    each.verdict().name(),
                    Words.harmless(said(each)),
                    Words.harmless(each.name()),
                    Words.harmless(each.message().lines().findFirst().orElse(""))));
            lines.addAll(table.lines(width));
            more(lines, counts().bad() - bad.size());
        }
        return lines;
    }

    /** For people who look at several: file, format, cases, unreadable lines, end, counts. */
    String[] row() {
        return new String[] {
            Words.harmless(file),
            format,
            String.valueOf(counts().total()),
            String.valueOf(unreadables),
            truncated == null ? "whole" : "cut",
            Words.of(counts())
        };
    }

    private static String said(CaseResult result) {
        return result.nativeCode() == null ? result.nativeWord() : result.nativeWord() + " " + result.nativeCode();
    }

    private static void more(List<String> lines, long count) {
        if (count > 0) {
            lines.add("  and " + count + " more");
        }
    }

    /** For programs. */
    SequencedMap<String, @Nullable Object> forJson() {
        SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("format", format);
        json.put("guessed", guessed);
        json.put("cases", counts().total());
        json.put("counts", counts().byVerdict());
        json.put("planned", planned);
        json.put("truncated", truncated);
        json.put("unreadableLines", unreadables);
        json.put("unreadable", unreadable);
        json.put("bad", bad.stream().map(JournalSummary::forJson).toList());
        return json;
    }

    private static Map<String, @Nullable Object> forJson(CaseResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("case", result.name());
        json.put("verdict", result.verdict());
        json.put("word", result.nativeWord());
        json.put("code", result.nativeCode());
        json.put("message", result.message());
        json.put("line", result.line());
        return json;
    }
}
