package muster.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.home.WholeFile;
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
        return JsonFile.read(shardFolder.resolve(FILE), JSON.readerFor(CellEnd.class));
    }

    static void write(CellEnd end, Path shardFolder) throws IOException {
        WholeFile.write(shardFolder.resolve(FILE), JSON.writerFor(CellEnd.class).writeValueAsBytes(end));
    }
}
