package muster.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import muster.testsuites.SuiteEnding;
import tools.jackson.databind.json.JsonMapper;

/** How a shard has ended, in its folder: it is not run again by whoever takes up the attempt that waits for the others. */
final class EndRecord {

    private static final String FILE = "end.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(CellEnd.class, Named.class)
            .addMixIn(SuiteEnding.class, Named.class)
            .registerSubtypes(CellEnd.class.getPermittedSubclasses())
            .registerSubtypes(SuiteEnding.class.getPermittedSubclasses())
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Named {}

    private EndRecord() {}

    static Optional<CellEnd> read(Path shardFolder) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(shardFolder.resolve(FILE)), CellEnd.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    static void write(CellEnd end, Path shardFolder) throws IOException {
        Path fresh = shardFolder.resolve(FILE + ".new");
        Files.write(fresh, JSON.writerFor(CellEnd.class).writeValueAsBytes(end));
        Files.move(
                fresh, shardFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
