package muster.orchestrator.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;

class JsonFileTest {

    private record Part(String name, int number) {}

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("part.json");
    }

    @Test
    void whatIsWrittenIsReadAndNothingElseLiesThere() throws IOException {
        JsonFile.write(file, new Part("first", 1));
        JsonFile.write(file, new Part("second", 2));
        assertThat(JsonFile.read(file, Part.class)).contains(new Part("second", 2));
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void manyMayWriteAtOnceAndNobodyReadsAHalf() throws Exception {
        List<Part> parts = IntStream.range(0, 64)
                .mapToObj(i -> new Part("x".repeat(100 * i), i))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Part>>> read = parts.stream()
                    .map(part -> threads.submit(() -> {
                        JsonFile.write(file, part);
                        return JsonFile.read(file, Part.class);
                    }))
                    .toList();
            for (Future<Optional<Part>> each : read) {
                assertThat(parts).contains(each.get().orElseThrow());
            }
        }
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void listsKeepWhatTheyHold() throws IOException {
        JsonFile.write(file, List.of(new Part("first", 1)));
        assertThat(JsonFile.read(file, new TypeReference<List<Part>>() {})).contains(List.of(new Part("first", 1)));
    }

    @Test
    void whereNoneWasWrittenThereIsNone() throws IOException {
        assertThat(JsonFile.read(file, Part.class)).isEmpty();
    }

    @Test
    void whatACrashOrAPersonHasBrokenIsNamed() throws IOException {
        Files.writeString(file, "{\"name\": \"fir");
        assertThatThrownBy(() -> JsonFile.read(file, Part.class))
                .isInstanceOf(JsonFile.Unreadable.class)
                .hasMessageStartingWith("cannot read " + file + ": ");
    }
}
