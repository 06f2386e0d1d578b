package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The host, as far as a guest's kernel feels it.
 *
 * @param kernel the release of its kernel
 * @param cpu the model of its processor
 */
public record HostFacts(String kernel, String cpu) {

    public static HostFacts here() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String cpu = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
            return new HostFacts(
                    Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(), cpu);
        }
    }
}
