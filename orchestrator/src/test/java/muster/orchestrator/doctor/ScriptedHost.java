package muster.orchestrator.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host that is as a test tells. */
final class ScriptedHost implements Host {

    final Set<String> programs = new HashSet<>();
    final Map<String, String> files = new HashMap<>();
    final Map<String, Said> answers = new HashMap<>();
    final List<String> ran = new ArrayList<>();
    final List<URI> fetched = new ArrayList<>();
    String user = "jo";
    FileSystem fileSystem = new FileSystem("ext4", 100L << 30);
    String unreachable = "";

    @Override
    public String user() {
        return user;
    }

    @Override
    public boolean root() {
        return user.equals("root");
    }

    @Override
    public Optional<String> text(Path file) {
        return Optional.ofNullable(files.get(file.toString()));
    }

    @Override
    public boolean has(String programOrFile) {
        return programs.contains(programOrFile);
    }

    /** Answers as told for what the line contains; a line that nothing is told of does well. */
    @Override
    public Said run(Duration limit, List<String> words) {
        String line = String.join(" ", words);
        ran.add(line);
        return answers.entrySet().stream()
                .filter(answer -> line.contains(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Said(0, ""));
    }

    @Override
    public FileSystem fileSystem(Path folder) {
        return fileSystem;
    }

    @Override
    public void fetch(URI address, Duration limit) throws IOException {
        fetched.add(address);
        if (!unreachable.isEmpty()) {
            throw new IOException(unreachable);
        }
    }
}
