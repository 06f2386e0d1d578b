package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import muster.orchestrator.home.Home;

/** Matrices of suites that do nothing, for a farm whose guests are simulated. */
public final class SimulatedMatrix {

    /** Each suite has as many variants as it takes. */
    private static final int SUITES = 20;

    private SimulatedMatrix() {}

    /**
     * Writes one, and its suites, into a home.
     *
     * @param name the matrix's; those of its suites begin with it
     * @param cells how many it has
     * @param memory how many mebibytes the guests of the next suite have
     * @return the matrix file
     */
    public static Path write(Home home, String name, int cells, IntSupplier memory) throws IOException {
        return write(home, name, cells, memory, 1);
    }

    /** @param cpu what a suite says of the processors that it keeps busy */
    public static Path write(Home home, String name, int cells, IntSupplier memory, double cpu) throws IOException {
        StringBuilder suites = new StringBuilder();
        for (int number = 0; number < Math.min(cells, SUITES); number++) {
            String suite = "%s-%02d".formatted(name, number);
            List<String> variants = IntStream.range(0, (cells - number + SUITES - 1) / SUITES)
                    .mapToObj("v%03d"::formatted)
                    .toList();
            writeSuite(home.folder().resolve("suites").resolve(suite), suite, variants, memory.getAsInt(), cpu);
            suites.append("  %s: { variants: [%s] }\n".formatted(suite, String.join(", ", variants)));
        }
        return Files.writeString(home.folder().resolve(name + ".yaml"), """
                matrix: %s
                distributions: [debian-12]
                suites:
                %sguest: { memory: 128M, driver: [uml] }
                limits: { retries: { infrastructure: 0 } }
                """.formatted(name, suites));
    }

    private static void writeSuite(Path folder, String name, List<String> variants, int memory, double cpu)
            throws IOException {
        Files.createDirectories(folder);
        Path run = Files.writeString(folder.resolve("run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("suite.yaml"), """
                suite: %s
                description: does nothing, in simulated time
                format: toybox
                user: tester
                cpu: %s
                memory: %dM
                commands: { run: run }
                variants: { %s }
                """.formatted(
                        name, cpu, memory, String.join(": {}, ", variants) + ": {}"));
    }
}
