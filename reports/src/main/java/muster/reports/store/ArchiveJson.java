package muster.reports.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The records of {@link ArchiveFormat} to and from JSON. Reading takes nothing that it does not know. */
final class ArchiveJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private static final ObjectWriter RESULT = MAPPER.writerFor(ArchiveFormat.Result.class);
    private static final ObjectReader RESULTS =
            MAPPER.readerFor(ArchiveFormat.Result.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectReader MANIFEST =
            MAPPER.readerFor(ArchiveFormat.Manifest.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ArchiveJson() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static byte[] line(ArchiveFormat.Result result) {
        return RESULT.writeValueAsBytes(result);
    }

    static <V> V read(byte[] json, Class<V> type) throws JacksonException {
        return MAPPER.readValue(json, type);
    }

    /** A newer format may say more in it. */
    static ArchiveFormat.Manifest manifest(byte[] json) throws JacksonException {
        return MANIFEST.readValue(json);
    }

    static List<ArchiveFormat.Result> results(byte[] lines) throws JacksonException {
        List<ArchiveFormat.Result> results = new ArrayList<>();
        try (MappingIterator<ArchiveFormat.Result> each = RESULTS.readValues(lines)) {
            each.forEachRemaining(results::add);
        }
        return results;
    }
}
