package muster.reports.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.view.CellLine;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** One cell as a {@code testsuite}. */
final class JunitCell {

    private final CellLine cell;
    private final @Nullable Attempt attempt;
    private final Waived waived;
    private final SortedMap<String, Resolution> decided;
    private final String group;

    JunitCell(CellLine cell, @Nullable Attempt attempt, Waived waived, SortedMap<String, Resolution> decided) {
        this.cell = cell;
        this.attempt = attempt;
        this.waived = waived;
        this.decided = decided;
        CellKey key = cell.cell();
        group = key.distribution() + "." + key.suite() + "." + key.variant() + "." + key.driver();
    }

    void write(History history, Writer to) throws IOException {
        Xml xml = new Xml(to);
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite");
        xml.attribute("name", cell.cell().toString());
        counts(xml, history);
        Instant began = cell.startedAt();
        Instant ended = cell.endedAt();
        if (began != null) {
            xml.attribute("timestamp", began.toString());
        }
        if (began != null && ended != null) {
            xml.attribute("time", CsvExport.seconds(Duration.between(began, ended)));
        }
        xml.raw(">\n");
        if (cellIsTold()) {
            aboutCell(xml);
        }
        Attempt told = attempt;
        if (told != null) {
            try {
                history.cases(told, result -> unchecked(xml, result));
            } catch (UncheckedIOException unwritten) {
                throw unwritten.getCause();
            }
        }
        xml.raw("</testsuite>\n");
    }

    private void counts(Xml xml, History history) throws IOException {
        Map<String, Integer> counts = new HashMap<>(Map.of("error", cellIsTold() ? 1 : 0));
        Attempt told = attempt;
        if (told != null && (waived.count() > 0 || !decided.isEmpty())) {
            history.cases(told, result -> counts.merge(element(result), 1, Integer::sum));
        } else {
            cell.counts().byVerdict().forEach((verdict, count) -> counts.merge(element(verdict), count, Integer::sum));
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        xml.attribute("tests", String.valueOf(all));
        xml.attribute("failures", String.valueOf(counts.getOrDefault("failure", 0)));
        xml.attribute("errors", String.valueOf(counts.getOrDefault("error", 0)));
        xml.attribute("skipped", String.valueOf(counts.getOrDefault("skipped", 0)));
    }

    /** Whether the attempt is bad, or has no end, and none of its cases says so. */
    private boolean cellIsTold() {
        return switch (cell.outcome()) {
            case PASSED -> false;
            case FAILED ->
                cell.counts().bad() == 0
                        && decided.values().stream().noneMatch(each -> each.decision() == Verdict.FAIL);
            case null, default -> true;
        };
    }

    private void aboutCell(Xml xml) throws IOException {
        Outcome outcome = cell.outcome();
        String word = outcome == null ? cell.step().word() : outcome.word();
        xml.raw("<testcase");
        xml.attribute("classname", group);
        xml.attribute("name", cell.cell().toString());
        xml.raw(">");
        element(xml, "error", word, cell.why().isEmpty() ? word : cell.why());
        xml.raw("</testcase>\n");
    }

    private void unchecked(Xml xml, CaseResult result) {
        try {
            testcase(xml, result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void testcase(Xml xml, CaseResult result) throws IOException {
        xml.raw("<testcase");
        xml.attribute("classname", group);
        xml.attribute("name", result.name());
        Duration duration = result.duration();
        if (duration != null) {
            xml.attribute("time", CsvExport.seconds(duration));
        }
        RecordedWaiver waiver = waived.by(result.name());
        Resolution decision = decided.get(result.name());
        String element = element(verdict(result));
        if (waiver == null && decision != null) {
            xml.raw(">");
            decided(xml, result, decision, element);
            xml.raw("</testcase>\n");
            return;
        }
        if (waiver == null && element.isEmpty() && result.message().isEmpty()) {
            xml.raw("/>\n");
            return;
        }
        xml.raw(">");
        if (waiver != null) {
            element(
                    xml,
                    "skipped",
                    "waived",
                    "waived by " + waiver.waiver().owner() + ": "
                            + waiver.waiver().reason());
            out(xml, result.verdict() + ": " + result.message());
        } else if (element.isEmpty()) {
            out(xml, result.message());
        } else {
            element(xml, element, type(result), said(result));
        }
        xml.raw("</testcase>\n");
    }

    private static String type(CaseResult result) {
        return switch (result.verdict()) {
            case XFAIL -> "pytest.xfail";
            case FAIL, UNRESOLVED ->
                result.nativeWord().isEmpty() ? result.verdict().name() : result.nativeWord();
            default -> result.verdict().name();
        };
    }

    private static String said(CaseResult result) {
        if (!result.message().isEmpty()) {
            return result.message();
        }
        return switch (result.verdict()) {
            case UNINITIATED -> "it was to run and never started";
            case NORESULT -> "it started and was never reported";
            case MISSING -> "the baseline has it, and it was not reported";
            case FIP -> "further information is provided: a person decides";
            default -> "";
        };
    }

    private String element(CaseResult result) {
        return waived.by(result.name()) == null ? element(verdict(result)) : "skipped";
    }

    private Verdict verdict(CaseResult result) {
        Resolution decision = decided.get(result.name());
        return decision == null ? result.verdict() : decision.decision();
    }

    private static void decided(Xml xml, CaseResult result, Resolution decision, String element) throws IOException {
        String why = decision.author() + " decided " + decision.decision() + ": " + decision.reason();
        if (element.isEmpty()) {
            out(xml, why + "\n" + result.message());
        } else {
            element(xml, element, decision.decision().name(), why);
            out(xml, result.message());
        }
    }

    /** Empty for what has passed. */
    private static String element(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> "failure";
            case UNRESOLVED, UNINITIATED, NORESULT, MISSING -> "error";
            case SKIP, UNSUPPORTED, UNTESTED, FIP, XFAIL -> "skipped";
            case PASS, XPASS, WARNING -> "";
        };
    }

    private static void element(Xml xml, String name, String type, String message) throws IOException {
        xml.raw("<" + name);
        xml.attribute("type", type);
        xml.attribute("message", message.lines().findFirst().orElse(""));
        xml.raw(">");
        xml.text(message);
        xml.raw("</" + name + ">");
    }

    private static void out(Xml xml, String message) throws IOException {
        xml.raw("<system-out>");
        xml.text(message);
        xml.raw("</system-out>");
    }
}
