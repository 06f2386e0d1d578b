package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What there is of a guest on this host outside its folder, by whatever names the folder: processes by command line,
 * environment, working folder, open files or mounts, which sandboxes and their children all have; sockets by their path. Ports need no
 * look of their own, for they end with their processes.
 */
final class HostTraces {

    private final Path folder;
    private final List<String> found = new ArrayList<>();

    private HostTraces(Path folder) {
        this.folder = folder;
    }

    static List<String> of(Path folder) throws IOException {
        HostTraces traces = new HostTraces(folder);
        traces.look();
        return traces.found;
    }

    private void look() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (HostProcess.of(Long.parseLong(process.getFileName().toString()))
                        .isPresent()) {
                    look(process);
                }
            }
        }
        linesOf(Path.of("/proc/net/unix")).forEach(socket -> found.add("socket " + socket));
    }

    private void look(Path process) {
        boolean isOurs = process.endsWith(Long.toString(ProcessHandle.current().pid()));
        if (!linesOf(process.resolve("mountinfo")).isEmpty()) {
            found.add(process + " has a mount of it");
        }
        if (!isOurs
                && (!linesOf(process.resolve("cmdline")).isEmpty()
                        || !linesOf(process.resolve("environ")).isEmpty()
                        || leadsHere(process.resolve("cwd"))
                        || opens(process.resolve("fd")))) {
            found.add(process + " " + text(process.resolve("cmdline")).replace('\0', ' '));
        }
    }

    private boolean opens(Path descriptors) {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(this::leadsHere);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private boolean leadsHere(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private List<String> linesOf(Path file) {
        return text(file)
                .lines()
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }
}
