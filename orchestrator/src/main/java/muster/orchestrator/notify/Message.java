package muster.orchestrator.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.Digests;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notices that are told together.
 *
 * @param notices at least one, the oldest first
 */
record Message(List<Notice> notices) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    Message {
        notices = List.copyOf(notices);
    }

    /** The same whenever the same notices are told; letters, digits and {@code _}. */
    String id() {
        String ids = notices.stream().map(Notice::id).collect(Collectors.joining("\n"));
        return "msg_" + Digests.of(ids.getBytes(StandardCharsets.UTF_8)).substring(0, 24);
    }

    /** In one line: the headline of one notice, or how many there are of each event. */
    String subject() {
        if (notices.size() == 1) {
            return notices.getFirst().headline();
        }
        Map<Channel.Event, Integer> events = new EnumMap<>(Channel.Event.class);
        notices.forEach(notice -> events.merge(notice.event(), 1, Integer::sum));
        String matrices =
                notices.stream().map(Notice::matrix).distinct().limit(4).collect(Collectors.joining(", "));
        return matrices + ": "
                + events.entrySet().stream()
                        .map(entry -> counted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String counted(Channel.Event event, int count) {
        String plural = count == 1 ? "" : "s";
        return count
                + switch (event) {
                    case REGRESSION -> " cell" + plural + " with regressions";
                    case FARM_FAILURE -> " farm failure" + plural;
                    case NOT_RUN -> " time" + plural + " not run";
                    case LATE -> " late run" + plural;
                    case NIGHT_FINISHED -> " run" + plural + " finished";
                };
    }

    /** For people to read. */
    String text() {
        return notices.stream()
                .map(notice -> notice.headline() + "\n\n" + notice.text() + "\n\n" + notice.link() + "\n")
                .collect(Collectors.joining("\n" + "-".repeat(72) + "\n\n"));
    }

    /** For programs: ASCII alone, {@code {"type": "muster.notices", "timestamp": ..., "data": [...]}}. */
    byte[] json(Instant now) {
        List<Map<String, Object>> data = notices.stream()
                .map(notice -> Map.<String, Object>of(
                        "id", notice.id(),
                        "event", notice.event().word(),
                        "matrix", notice.matrix(),
                        "run", notice.run(),
                        "at", notice.at().toString(),
                        "headline", notice.headline(),
                        "text", notice.text(),
                        "link", notice.link()))
                .toList();
        return JSON.writeValueAsBytes(
                new TreeMap<>(Map.of("type", "muster.notices", "timestamp", now.toString(), "data", data)));
    }
}
