package muster.reports.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.RecordedWaiver;
import muster.reports.Waivers;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The results of a run in the Common Test Report Format (CTRF, ctrf.io: its JSON schema of specification 0.0.0): a file {@code
 * ctrf-<cell>.json} for each cell, of its newest main or retry attempt.
 *
 * <p>FAIL, UNRESOLVED, UNINITIATED, NORESULT and MISSING are {@code failed}; SKIP, UNSUPPORTED, UNTESTED and XFAIL are {@code
 * skipped}; FIP is {@code pending} until a person decides it; PASS, XPASS and WARNING are {@code passed}; {@code rawStatus} has
 * the verdict. A waived case is {@code skipped}, since it fails no run. A duration that is not known is 0. Where an attempt is
 * bad and no case says so, one that is named after the cell does.
 */
public final class CtrfExport {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private enum Status {
        PASSED,
        FAILED,
        SKIPPED,
        PENDING,
        OTHER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(Verdict verdict) {
            return switch (verdict) {
                case FAIL, UNRESOLVED, UNINITIATED, NORESULT, MISSING -> FAILED;
                case SKIP, UNSUPPORTED, UNTESTED, XFAIL -> SKIPPED;
                case FIP -> PENDING;
                case PASS, XPASS, WARNING -> PASSED;
            };
        }
    }

    private final ToldCell cell;
    private final JsonGenerator json;
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    private CtrfExport(ToldCell cell, JsonGenerator json) {
        this.cell = cell;
        this.json = json;
    }

    /**
     * Writes the files of a run into a folder, made where it is not there; what else lies there stays.
     *
     * @param zone that in which the days of waivers begin
     * @return the files
     */
    public static List<Path> write(History history, Waivers waivers, long run, ZoneId zone, Path folder)
            throws IOException {
        return ToldCell.writeAll(
                history,
                waivers,
                run,
                zone,
                cell -> folder.resolve("ctrf-" + cell.slug() + ".json"),
                (cell, out) -> write(history, cell, out));
    }

    private static void write(History history, ToldCell cell, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            new CtrfExport(cell, json).report(history);
        }
    }

    private void report(History history) throws IOException {
        CellKey key = cell.line().cell();
        json.writeStartObject();
        json.writeStringProperty("reportFormat", "CTRF");
        json.writeStringProperty("specVersion", "0.0.0");
        json.writeStringProperty("generatedBy", "muster");
        json.writeObjectPropertyStart("results");
        json.writeObjectPropertyStart("tool");
        json.writeStringProperty("name", key.suite());
        json.writeEndObject();
        json.writeArrayPropertyStart("tests");
        if (cell.isToldItself()) {
            test(key.toString(), Status.FAILED, cell.word(), null, cell.why());
        }
        cell.cases(history, this::test);
        json.writeEndArray();
        summary();
        json.writeObjectPropertyStart("environment");
        json.writeStringProperty("testEnvironment", key.toString());
        json.writeStringProperty("osPlatform", "linux");
        json.writeStringProperty("osRelease", key.distribution());
        json.writeStringProperty("buildName", "run " + cell.line().run());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void test(CaseResult result) {
        RecordedWaiver waiver = cell.waiver(result);
        Resolution decision = cell.decision(result);
        String said = ToldCell.said(result);
        if (waiver != null) {
            said = (ToldCell.words(waiver) + "\n" + said).strip();
        } else if (decision != null) {
            said = (ToldCell.words(decision) + "\n" + said).strip();
        }
        Status status = waiver == null ? Status.of(cell.verdict(result)) : Status.SKIPPED;
        test(result.name(), status, result.verdict().name(), result.duration(), said);
    }

    private void test(String name, Status status, String raw, @Nullable Duration duration, String message) {
        counts.merge(status, 1, Integer::sum);
        CellKey key = cell.line().cell();
        json.writeStartObject();
        json.writeStringProperty("name", name.isEmpty() ? "(without a name)" : text(name));
        json.writeStringProperty("status", status.word());
        json.writeNumberProperty("duration", duration == null ? 0 : duration.toMillis());
        json.writeArrayPropertyStart("suite");
        json.writeString(key.suite());
        json.writeString(key.variant());
        json.writeEndArray();
        json.writeStringProperty("rawStatus", raw);
        if (!message.isEmpty()) {
            json.writeStringProperty("message", text(message));
        }
        json.writeEndObject();
    }

    private void summary() {
        Instant began = Objects.requireNonNullElse(cell.line().startedAt(), Instant.EPOCH);
        Instant ended = Objects.requireNonNullElse(cell.line().endedAt(), began);
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty(
                "tests", counts.values().stream().mapToInt(Integer::intValue).sum());
        for (Status status : Status.values()) {
            json.writeNumberProperty(status.word(), counts.getOrDefault(status, 0));
        }
        json.writeNumberProperty("start", began.toEpochMilli());
        json.writeNumberProperty("stop", ended.toEpochMilli());
        json.writeEndObject();
    }

    /** Shown as in the other files: nothing in it steers a terminal. */
    private static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().map(Characters::shown).forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
