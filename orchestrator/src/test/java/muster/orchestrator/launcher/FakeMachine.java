package muster.orchestrator.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A machine as bare as a test wants it: the launcher in a project of its own, its commands only those that every Debian
 * has, no JDK, no Maven, and packages that come from a fake apt-get. Made with bubblewrap, so it is root or an ordinary
 * user whoever runs the test.
 */
final class FakeMachine {

    /** What a fresh Debian has and the launcher uses. */
    private static final List<String> COMMANDS = List.of(
            "bash env readlink find sort tar setsid flock tee sed rm mkdir mktemp mv tail cat grep awk id unshare true sleep touch getent timeout"
                    .split(" "));

    private static final List<String> HIDDEN =
            List.of("/usr/lib/jvm", "/usr/java", "/opt", "/usr/share/maven", "/usr/share/keyrings");

    final Path project;
    final Path bin;
    final Path home;
    private final Path folder;
    private boolean root;
    private final List<String> binds = new ArrayList<>();

    FakeMachine(Path folder) throws IOException {
        this.folder = folder;
        project = Files.createDirectories(folder.resolve("project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        home = Files.createDirectories(folder.resolve("home"));
        for (String command : COMMANDS) {
            command(
                    command,
                    "exec " + (Files.exists(Path.of("/usr/bin", command)) ? "/usr" : "") + "/bin/" + command
                            + " \"$@\"");
        }
        write(project.resolve("muster"), Files.readString(Path.of("..", "muster")), true);
        write(
                project.resolve("config/host-packages"),
                Files.readString(Path.of("..", "config", "host-packages")),
                false);
        write(project.resolve("pom.xml"), "<project/>", false);
        write(project.resolve("images/src/main/java/Image.java"), "class Image {}", false);
        subordinateIds("1000:100000:65536\n");
        aptKnows("none");
    }

    FakeMachine asRoot() {
        root = true;
        return this;
    }

    /** A JDK whose java prints its working folder and its arguments, a line each. */
    Path jdk(String where, String version) throws IOException {
        Path jdk = home.resolve(where);
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n", false);
        write(jdk.resolve("bin/javac"), "#!/bin/sh\n", true);
        write(
                jdk.resolve("bin/java"),
                "#!/bin/sh\necho \"jdk " + version
                        + "\"\necho \"in $PWD\"\nprintf '<%s>\\n' \"$@\"\nexit ${FAKE_STATUS:-0}\n",
                true);
        return jdk;
    }

    /** A Maven that notes each call, takes a moment, and makes the jar. */
    void maven() throws IOException {
        command(
                "mvn",
                "echo called >>" + folder.resolve("maven-calls") + "\nsleep 0.3\nmkdir -p orchestrator/target\n"
                        + "touch orchestrator/target/muster.jar");
    }

    long mavenCalls() throws IOException {
        Path calls = folder.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    void command(String name, String script) throws IOException {
        write(bin.resolve(name), "#!/bin/sh\n" + script + "\n", true);
    }

    /** Puts a script into the project. */
    void script(String path, String script) throws IOException {
        write(project.resolve(path), "#!/bin/sh\n" + script + "\n", true);
    }

    /** Makes apt know a candidate version for every package, or {@code none}, and lets apt-get note its arguments. */
    void aptKnows(String version) throws IOException {
        command(
                "apt-cache",
                "echo \"  Candidate: " + (version.equals("none") ? "(none)" : version)
                        + "\"; sleep 0.05; echo \"  Version table:\"");
        command("apt-get", "echo \"$@\" >>" + folder.resolve("apt-calls"));
    }

    String aptCalls() throws IOException {
        Path calls = folder.resolve("apt-calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    /** Makes Debian's signing keys be there. */
    void keyring() throws IOException {
        Path keyring = folder.resolve("keyring");
        write(keyring, "keys", false);
        binds.addAll(List.of("--ro-bind", keyring.toString(), "/usr/share/keyrings/debian-archive-keyring.gpg"));
    }

    void subordinateIds(String content) throws IOException {
        write(folder.resolve("subordinate"), content, false);
    }

    /** Starts the launcher by {@code path} in {@code from}. */
    Process start(Path path, Path from, Map<String, String> environment, String... arguments) throws IOException {
        List<String> line =
                new ArrayList<>(List.of(bubblewrap().orElseThrow().toString(), "--unshare-user", "--die-with-parent"));
        String id = root ? "0" : "1000";
        line.addAll(List.of("--uid", id, "--gid", id, "--dev-bind", "/", "/"));
        for (String hidden : HIDDEN) {
            if (Files.isDirectory(Path.of(hidden))) {
                line.addAll(List.of("--tmpfs", hidden));
            }
        }
        for (String file : List.of("/etc/subuid", "/etc/subgid")) {
            if (Files.exists(Path.of(file))) {
                line.addAll(List.of("--ro-bind", folder.resolve("subordinate").toString(), file));
            }
        }
        line.addAll(binds);
        line.add(path.toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(from.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    /** Runs the launcher from its own folder to its end. */
    Said run(String... arguments) throws IOException, InterruptedException {
        return end(start(project.resolve("muster"), project, Map.of(), arguments));
    }

    static Said end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("the launcher closed its output and did not end: " + output);
        }
        return new Said(process.exitValue(), output);
    }

    /** How the launcher ended: its exit status and all that it printed. */
    record Said(int status, String output) {}

    /** Where bubblewrap is on this host. */
    static Optional<Path> bubblewrap() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .map(each -> Path.of(each, "bwrap"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void write(Path file, String content, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
