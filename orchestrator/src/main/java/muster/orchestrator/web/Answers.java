package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.lang.reflect.RecordComponent;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What routes read from requests and how they answer. */
final class Answers {

    static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Answers() {}

    static void json(Context request, Object value) {
        request.contentType("application/json").result(JSON.writeValueAsBytes(value));
    }

    /** What a request says, all of it that has to be said. */
    static <T extends Record> T body(Context request, Class<T> type) {
        T body = JSON.readValue(request.bodyAsBytes(), type);
        if (body == null) {
            throw new IllegalArgumentException("cannot read the request: it says null");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && value(component, body) == null) {
                throw new IllegalArgumentException(
                        "cannot read the request: it does not say '" + component.getName() + "'");
            }
        }
        return body;
    }

    private static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void page(Context request, String text) {
        request.contentType("text/html; charset=utf-8").result(text);
    }

    /** After a deed, to the page that shows what came of it. */
    static void see(Context request, String address, String said) {
        Session session = Asker.of(request).session();
        if (session != null) {
            session.say(said);
        }
        request.redirect("/" + address, HttpStatus.SEE_OTHER);
    }

    static String field(Context request, String name) {
        String value = request.formParam(name);
        if (value == null) {
            throw new IllegalArgumentException("cannot read the form: it has no field '" + name + "'");
        }
        return value.strip();
    }

    static String fieldOrEmpty(Context request, String name) {
        String value = request.formParam(name);
        return value == null ? "" : value.strip();
    }

    static int number(String word, String what, int least, int most) {
        try {
            int number = Integer.parseInt(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(range(word, what, least, most), none);
        }
        throw new IllegalArgumentException(range(word, what, least, most));
    }

    private static String range(String word, String what, int least, int most) {
        return "cannot read " + what + " '" + word + "': expected a whole number from " + least + " to " + most;
    }

    static long run(Context request) {
        return run(request.pathParam("run"));
    }

    static long run(String word) {
        if (!word.matches("[0-9]{1,12}")) {
            throw Problem.noSuch("the run '" + word + "'");
        }
        return Long.parseLong(word);
    }

    /** A cell as pages' addresses write it, or as commands do. */
    static CellKey cell(String word) {
        try {
            String[] parts = word.split("~", -1);
            return parts.length == 4 ? new CellKey(parts[0], parts[1], parts[2], parts[3]) : CellKey.parse(word);
        } catch (IllegalArgumentException none) {
            throw Problem.noSuch("the cell '" + word + "'");
        }
    }
}
