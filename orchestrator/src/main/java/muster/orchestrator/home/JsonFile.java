package muster.orchestrator.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Small records, each a {@link WholeFile} of JSON. */
public final class JsonFile {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonFile() {}

    /** A file that holds something else than what is looked for. */
    public static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1;

        Unreadable(Path file, JacksonException why) {
            super("cannot read " + file + ": " + why.getOriginalMessage(), why);
        }
    }

    /** What a file holds; empty where there is none. */
    public static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        return read(file, JSON.readerFor(type));
    }

    /** What a file holds; empty where there is none. */
    public static <T> Optional<T> read(Path file, TypeReference<T> type) throws IOException {
        return read(file, JSON.readerFor(type));
    }

    /** What a file holds, as a reader of one's own reads it; empty where there is none. */
    public static <T> Optional<T> read(Path file, ObjectReader reader) throws IOException {
        try {
            return Optional.of(reader.readValue(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException broken) {
            throw new Unreadable(file, broken);
        }
    }

    public static void write(Path file, Object content) throws IOException {
        WholeFile.write(file, JSON.writeValueAsBytes(content));
    }
}
