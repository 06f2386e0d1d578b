package muster.reports.export;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.RecordedWaiver;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/** One cell as a {@code testsuite}. */
final class JunitCell {

    private final ToldCell cell;
    private final String group;

    JunitCell(ToldCell cell) {
        this.cell = cell;
        CellKey key = cell.line().cell();
        group = key.distribution() + "." + key.suite() + "." + key.variant() + "." + key.driver();
    }

    void write(History history, Writer to) throws IOException {
        Xml xml = new Xml(to);
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite");
        xml.attribute("name", cell.line().cell().toString());
        counts(xml, history);
        Instant began = cell.line().startedAt();
        Instant ended = cell.line().endedAt();
        if (began != null) {
            xml.attribute("timestamp", began.toString());
        }
        if (began != null && ended != null) {
            xml.attribute("time", CsvExport.seconds(Duration.between(began, ended)));
        }
        xml.raw(">\n");
        if (cell.isToldItself()) {
            aboutCell(xml);
        }
        cell.cases(history, result -> testcase(xml, result));
        xml.raw("</testsuite>\n");
    }

    private void counts(Xml xml, History history) throws IOException {
        Map<String, Integer> counts = new HashMap<>(Map.of("error", cell.isToldItself() ? 1 : 0));
        if (cell.isJudged()) {
            cell.cases(history, result -> counts.merge(element(result), 1, Integer::sum));
        } else {
            cell.line()
                    .counts()
                    .byVerdict()
                    .forEach((verdict, count) -> counts.merge(element(verdict), count, Integer::sum));
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        xml.attribute("tests", String.valueOf(all));
        xml.attribute("failures", String.valueOf(counts.getOrDefault("failure", 0)));
        xml.attribute("errors", String.valueOf(counts.getOrDefault("error", 0)));
        xml.attribute("skipped", String.valueOf(counts.getOrDefault("skipped", 0)));
    }

    private void aboutCell(Xml xml) throws IOException {
        xml.raw("<testcase");
        xml.attribute("classname", group);
        xml.attribute("name", cell.line().cell().toString());
        xml.raw(">");
        element(xml, "error", cell.word(), cell.why());
        xml.raw("</testcase>\n");
    }

    private void testcase(Xml xml, CaseResult result) throws IOException {
        xml.raw("<testcase");
        xml.attribute("classname", group);
        xml.attribute("name", result.name());
        Duration duration = result.duration();
        if (duration != null) {
            xml.attribute("time", CsvExport.seconds(duration));
        }
        RecordedWaiver waiver = cell.waiver(result);
        Resolution decision = cell.decision(result);
        String element = element(cell.verdict(result));
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
            element(xml, "skipped", "waived", ToldCell.words(waiver));
            out(xml, result.verdict() + ": " + result.message());
        } else if (element.isEmpty()) {
            out(xml, result.message());
        } else {
            element(xml, element, type(result), ToldCell.said(result));
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

    private String element(CaseResult result) {
        return cell.waiver(result) == null ? element(cell.verdict(result)) : "skipped";
    }

    private static void decided(Xml xml, CaseResult result, Resolution decision, String element) throws IOException {
        String why = ToldCell.words(decision);
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
