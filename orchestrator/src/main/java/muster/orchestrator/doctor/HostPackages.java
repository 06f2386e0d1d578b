package muster.orchestrator.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What hosts need: {@code config/host-packages}, which the launcher reads too. */
record HostPackages(List<Line> lines) {

    /**
     * One need.
     *
     * @param program a program's name, or a file's absolute path
     * @param inPackage the Debian package that has it
     * @param purpose what it is needed for
     */
    record Line(String program, String inPackage, String purpose) {}

    /** @param root the program's folder */
    static HostPackages read(Path root) throws IOException {
        Path file = root.resolve("config/host-packages");
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 3) {
                throw new IOException(
                        "cannot read " + file + ": expected a program, its package and what for, saw '" + text + "'");
            }
            lines.add(new Line(words[0], words[1], words[2]));
        }
        return new HostPackages(List.copyOf(lines));
    }

    /** What any of these purposes needs and the host lacks. */
    List<Line> missing(Host host, Collection<String> purposes) {
        return lines.stream()
                .filter(line -> purposes.contains(line.purpose()) && !host.has(line.program()))
                .toList();
    }

    List<Line> of(Collection<String> purposes) {
        return lines.stream().filter(line -> purposes.contains(line.purpose())).toList();
    }
}
