package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.HostProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what runs for a folder, though no record says what: an orchestrator may die between starting a sandbox and
 * writing it down. Found by the folder's mark on command lines, which both bubblewrap and the sandbox's first process
 * carry.
 */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Leftovers() {}

    /**
     * Kills them and waits until they are gone, whatever interrupts. A sandbox's first process loses its command line at
     * once and ends last, after all that is in the sandbox: what was found once is waited for.
     */
    public static void end(Path folder) {
        Set<HostProcess> found = new HashSet<>();
        boolean gone = Deadline.in(LIMIT).awaitUninterruptibly(PAUSE, () -> {
            found.removeIf(process -> !process.isAlive());
            found.addAll(of(folder));
            found.forEach(HostProcess::kill);
            return found.isEmpty();
        });
        if (!gone) {
            LOG.error("cannot end {} in {} s after SIGKILL: {}", folder, LIMIT.toSeconds(), found);
        }
        ProcessGroup.remove(folder);
    }

    /** Whether some sandbox that runs was given anything of a folder, as the command line of its bubblewrap says. */
    public static boolean isShown(Path folder) {
        return !carrying(word -> word.startsWith(folder + "/")).isEmpty();
    }

    static List<HostProcess> of(Path folder) {
        return carrying(Sandbox.mark(folder)::equals);
    }

    /** Processes with such a word on their command line. */
    private static List<HostProcess> carrying(Predicate<String> word) {
        List<HostProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (words(process).anyMatch(word)) {
                    HostProcess.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Stream<String> words(Path process) {
        try {
            String line = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
            return Arrays.stream(line.split("\0"));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }
}
