package muster.orchestrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.matrix.Matrix;

/** A small installation on disk: three distributions, the suites {@code commands} and {@code posix}. */
public final class TestInstallation {

    public static final Set<String> FORMATS = new LinkedHashSet<>(List.of("toybox", "tet"));
    public static final Set<String> DRIVERS = new LinkedHashSet<>(List.of("uml", "qemu"));

    public final Path root;
    public final Path home;

    public TestInstallation(Path folder) throws IOException {
        root = folder.resolve("program");
        home = folder.resolve("home");
        Files.createDirectories(home);
        write("program/config/farm.yaml", "");
        for (String distribution : List.of("debian-11", "debian-12", "debian-sid")) {
            write("program/images/recipes/" + distribution + ".yaml", recipe(distribution));
        }
        script("program/testsuites/suites/commands/run");
        write("program/testsuites/suites/commands/suite.yaml", """
                suite: commands
                description: The everyday commands
                format: toybox
                commands: { run: run }
                typical: 2m
                """);
        script("program/testsuites/suites/posix/run");
        script("program/testsuites/suites/posix/list");
        write("program/testsuites/suites/posix/suite.yaml", """
                suite: posix
                description: The interfaces of POSIX
                format: tet
                memory: 1G
                cpu: 0.5
                commands: { run: run, list: list }
                shardable: true
                variants:
                  quick: { environment: { SUBSET: quick } }
                  full: {}
                """);
    }

    static String suite(String name) {
        return """
                suite: %s
                description: For a test
                format: tet
                commands: { run: script }
                """.formatted(name);
    }

    public static String recipe(String distribution) {
        return """
                distribution: %s
                architecture: amd64
                description: A system
                source:
                  type: bootstrap
                  archives:
                    - { uri: "http://deb.debian.org/debian", suites: [bookworm], components: [main] }
                packages: [systemd-sysv, openssh-server]
                drivers: [uml]
                """.formatted(distribution);
    }

    /** Writes a file below the folder that holds {@code program} and {@code home}. */
    public Path write(String name, String content) throws IOException {
        Path file = root.resolveSibling(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    public Path script(String name) throws IOException {
        Path file = write(name, "#!/bin/sh\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }

    public Installation installation() {
        return new Installation(root, home, FORMATS, DRIVERS);
    }

    /** Reads a matrix that lies in {@code config/matrices/m.yaml}; {@code settings} are {@code key=value}. */
    public Matrix matrix(String yaml, String... settings) throws IOException, ConfigError {
        Path file = write("program/config/matrices/m.yaml", yaml);
        TreeMap<String, String> map = new TreeMap<>();
        Stream.of(settings).map(setting -> setting.split("=", 2)).forEach(pair -> map.put(pair[0], pair[1]));
        return Matrix.read(file, map, installation(), installation().farm());
    }

    /** The folder of this program's own sources, which is laid out like an installation. */
    public static Path shipped() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("config/farm.yaml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
