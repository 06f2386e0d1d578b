package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of this host, for provenance. */
final class Hosts {

    private Hosts() {}

    static SortedMap<String, String> facts() throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(
                "host.name",
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
        facts.put(
                "host.kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        facts.put("host.cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("host.cpu", line(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("host.memory", line(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("orchestrator.java", Runtime.version().toString());
        String version = Hosts.class.getPackage().getImplementationVersion();
        facts.put("orchestrator.version", version == null ? "unpacked" : version);
        return facts;
    }

    /** The first line that begins with a word, behind its colon. */
    private static String line(Path file, String word) throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
