package muster.reports.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.Waivers;
import muster.testsuites.CaseResult;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run as comma-separated values (RFC 4180, UTF-8): a line with the columns' names, then a line for each
 * result of each cell's newest main or retry attempt, in its journal's order.
 *
 * <p>Guests choose names and messages, and a table calculator takes what begins with {@code = + - @} for a formula. Such a
 * text gets an apostrophe before it. Numbers are written as they are. Control characters, which the format has not, are
 * shown by their pictures; newlines stay.
 */
public final class CsvExport {

    private static final String HEADER =
            "run,distribution,suite,variant,driver,case,verdict,native_word,native_code,seconds,line,waived_by,decided,decided_by,message";
    private static final String FORMULA = "=+-@\t\n";

    private CsvExport() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param zone that in which the days of waivers begin
     */
    public static void write(History history, Waivers waivers, long run, ZoneId zone, Path file) throws IOException {
        SortedMap<CellKey, Waived> waived = waivers.of(run, zone);
        SortedMap<CellKey, SortedMap<String, Resolution>> decided = waivers.decided(run);
        WholeFile.write(file, out -> {
            out.write(HEADER + "\r\n");
            for (Map.Entry<CellKey, Attempt> shown : Shown.of(history, run).entrySet()) {
                CellKey cell = shown.getKey();
                cell(
                        history,
                        shown.getValue(),
                        waived.getOrDefault(cell, Waived.NOTHING),
                        decided.getOrDefault(cell, Collections.emptySortedMap()),
                        out);
            }
        });
    }

    private static void cell(
            History history, Attempt attempt, Waived waived, SortedMap<String, Resolution> decided, Writer out)
            throws IOException {
        CellKey key = attempt.cell();
        String begin = attempt.run() + "," + text(key.distribution()) + "," + text(key.suite()) + ","
                + text(key.variant()) + "," + text(key.driver()) + ",";
        try {
            history.cases(
                    attempt, result -> write(out, begin, result, waived.by(result.name()), decided.get(result.name())));
        } catch (UncheckedIOException unwritten) {
            throw unwritten.getCause();
        }
    }

    private static void write(
            Writer out,
            String begin,
            CaseResult result,
            @Nullable RecordedWaiver waiver,
            @Nullable Resolution decided) {
        Integer code = result.nativeCode();
        Duration duration = result.duration();
        String line = begin + text(result.name()) + "," + result.verdict() + "," + text(result.nativeWord()) + ","
                + (code == null ? "" : code) + "," + (duration == null ? "" : seconds(duration)) + ","
                + (result.line() == 0 ? "" : result.line()) + ","
                + (waiver == null ? "" : text(waiver.waiver().owner())) + ","
                + (decided == null ? "," : decided.decision() + "," + text(decided.author())) + ","
                + text(result.message()) + "\r\n";
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without an exponent, and without zeros at its end. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** A field, in quotes where it needs them. */
    static String text(String text) {
        StringBuilder field = new StringBuilder(text.length() + 8);
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            field.append('\'');
        }
        boolean[] quotes = {false};
        text.codePoints().map(Characters::shown).forEach(point -> {
            quotes[0] |= point == '"' || point == ',' || point == '\n';
            field.appendCodePoint(point);
            if (point == '"') {
                field.append('"');
            }
        });
        return quotes[0] ? "\"" + field + "\"" : field.toString();
    }
}
