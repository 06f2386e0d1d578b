package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The records that lie beside images, as JSON. */
final class Json {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static void write(Path file, Object record) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(record) + "\n");
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            throw new IOException(
                    "cannot read " + file + ": " + e.getOriginalMessage()
                            + "; remove its folder, and the image is built again",
                    e);
        }
    }
}
