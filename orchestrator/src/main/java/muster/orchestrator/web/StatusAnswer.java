package muster.orchestrator.web;

import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a farm stands, as {@code status --json} prints it.
 *
 * @param stopped why cells do not begin, a sentence, or empty where they do
 * @param cells those under way or to come, and those whose guests are kept
 */
public record StatusAnswer(String stopped, List<StatusLine> cells) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    public static StatusAnswer ofJson(String json) {
        return JSON.readValue(json, StatusAnswer.class);
    }
}
