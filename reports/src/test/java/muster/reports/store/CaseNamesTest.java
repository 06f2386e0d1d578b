package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import muster.reports.CellKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseNamesTest {

    private static final int HELD = 12;

    @TempDir
    Path folder;

    @Test
    void aNameKeepsItsNumberWhateverIsForgottenMeanwhile() throws IOException {
        DatabaseAddress address = JdbiResultStore.address(folder);
        try (Connections connections = new Connections(Database.H2, address)) {
            new Schema(connections, folder, Clock.systemUTC()).migrate("here", List.of(Schema.MIGRATIONS));
            Random random = new Random(5);
            Map<Long, Map<String, Integer>> known = new HashMap<>();
            CaseNames names = new CaseNames(connections, HELD);
            for (int round = 0; round < 400; round++) {
                long suite = suite(connections, "suite-" + random.nextInt(3));
                Map<String, Integer> its = known.computeIfAbsent(suite, id -> new HashMap<>());
                List<String> asked = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    asked.add("case " + random.nextInt(1 + round / 10));
                }
                asked.forEach(name -> its.computeIfAbsent(name, absent -> its.size() + 1));
                assertThat(names.numbers(suite, asked))
                        .containsExactly(asked.stream().mapToInt(its::get).toArray());
            }
        }
    }

    private static long suite(Connections connections, String name) {
        return connections.write(handle -> {
            Lanes.id(handle, new CellKey("debian-13", name, "default", "uml"));
            return Lanes.suite(handle, name).orElseThrow();
        });
    }
}
