package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;

/** What a format said of a journal. */
final class Reading implements ResultSink {
    final List<CaseResult> results = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();
    final List<String> truncated = new ArrayList<>();
    final List<Long> planned = new ArrayList<>();

    static Reading of(ResultFormat format, String journal) throws IOException {
        return of(format, new ByteArrayInputStream(journal.getBytes(StandardCharsets.UTF_8)));
    }

    static Reading of(ResultFormat format, InputStream journal) throws IOException {
        Reading reading = new Reading();
        format.read(journal, reading);
        return reading;
    }

    @Override
    public void result(CaseResult result) {
        results.add(result);
    }

    @Override
    public void planned(long cases) {
        planned.add(cases);
    }

    @Override
    public void unreadable(long line, String seen, String expected) {
        unreadable.add(line + ": " + seen);
    }

    @Override
    public void truncated(String why) {
        truncated.add(why);
    }

    List<String> names() {
        return results.stream().map(CaseResult::name).toList();
    }

    List<String> verdicts() {
        return results.stream()
                .map(result -> result.verdict() + " " + result.name())
                .toList();
    }

    Map<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new TreeMap<>();
        results.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
        return counts;
    }
}
