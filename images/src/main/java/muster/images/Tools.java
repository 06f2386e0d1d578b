package muster.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the host. Each runs in a session of its own and ends, with all it started, when the caller is
 * interrupted and when this process dies in whatever way: a guard beside it waits for the end of its standard input, which
 * only this process holds open. The guard asks politely first, so that a program can clean up.
 */
public final class Tools {

    private static final int TAIL_LINES = 20;
    /** Mounts and processes of a program lie in namespaces that end with it, so politeness may be short. */
    private static final int GRACE_SECONDS = 3;

    private static final String SBIN = "/usr/local/sbin:/usr/sbin:/sbin";

    /** Runs "$@" and ends its process group when standard input ends. */
    private static final String GUARDED = """
            trap ended=1 TERM
            exec 3<&0 </dev/null
            ( trap '' TERM
              read -r _ <&3
              kill -s TERM -- -$$
              tenths=0
              while [ $tenths -lt %d0 ]; do sleep 0.1; tenths=$((tenths + 1)); done
              kill -s KILL -- -$$ ) &
            guard=$!
            exec 3<&-
            "$@"
            status=$?
            [ -z "$ended" ] || kill -s KILL -- -$$
            kill -KILL $guard
            exit $status
            """.formatted(GRACE_SECONDS);

    private static final Map<String, String> PACKAGES = Map.of(
            "mke2fs",
            "e2fsprogs",
            "e2fsck",
            "e2fsprogs",
            "newuidmap",
            "uidmap",
            "newgidmap",
            "uidmap",
            "cp",
            "coreutils",
            "du",
            "coreutils");

    /**
     * One program to run.
     *
     * @param words the program and its arguments
     * @param folder where it runs
     * @param log its output is appended to this file
     * @param environment added to this process's own environment
     */
    public record Call(List<String> words, Path folder, Path log, Map<String, String> environment) {

        public Call(List<String> words, Path folder, Path log) {
            this(words, folder, log, Map.of());
        }
    }

    /**
     * Runs a program to its end.
     *
     * @return its exit status
     */
    public int run(Call call) throws ImageFailed, InterruptedException {
        String program = call.words().getFirst();
        require(program);
        var words = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", GUARDED, "sh"));
        words.addAll(call.words());
        var builder = new ProcessBuilder(words)
                .directory(call.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(call.log().toFile()));
        builder.environment().put("PATH", path());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("ended");
        builder.environment().putAll(call.environment());
        try {
            Process process = builder.start();
            try {
                return process.waitFor();
            } finally {
                end(process);
            }
        } catch (IOException e) {
            throw new ImageFailed("cannot run " + program + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs a program that must succeed.
     *
     * @param purpose what it is for; the message becomes {@code cannot PURPOSE: PROGRAM ended with ...} and the log's tail
     */
    public void runOrFail(String purpose, Call call) throws ImageFailed, InterruptedException {
        int status = run(call);
        if (status != 0) {
            throw new ImageFailed("cannot " + purpose + ": " + call.words().getFirst() + " ended with status " + status
                    + "; its log ends:\n" + tail(call.log()));
        }
    }

    /** Fails unless the host has a program. */
    public void require(String program) throws ImageFailed {
        if (has(program)) {
            return;
        }
        throw new ImageFailed("cannot run " + program + ": it is not installed; on Debian: apt-get install "
                + PACKAGES.getOrDefault(program, program));
    }

    /** Whether the host has a program. */
    public static boolean has(String program) {
        for (String folder : path().split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }

    /** The last lines of a log, for messages. */
    public static String tail(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot read " + log + ": " + e.getMessage() + ")";
        }
    }

    /** Where programs are looked for: an ordinary user's path often lacks the folders where mke2fs and its like are. */
    public static String path() {
        return System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin") + ":" + SBIN;
    }

    /** Closing its input makes the guard end the group; this waits for that, whatever happens to the caller. */
    private static void end(Process process) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        process.getOutputStream().close();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(GRACE_SECONDS + 10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
