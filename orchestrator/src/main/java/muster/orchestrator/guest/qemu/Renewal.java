package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import muster.orchestrator.guest.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with what an image has to give resumed guests an identity of their own, over a serial port: {@code seed --wait} among
 * the images' resources.
 */
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration KNOWN_LIMIT = Duration.ofSeconds(60);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String GUEST = "the guest";
    private static final String YES = "renews";

    private Renewal() {}

    /**
     * Whether there is somebody who answers. What is said before somebody listens is lost, or echoed by the terminal that the
     * port is until then, and boot may not have come so far: it is asked again and again.
     */
    static boolean isKnown(Path socket) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(KNOWN_LIMIT);
        while (!deadline.passed()) {
            try (LineSocket guest = LineSocket.connect(GUEST, socket, Deadline.in(ANSWER_LIMIT))) {
                guest.write("renews?");
                if (guest.read().equals(YES)) {
                    return true;
                }
                Thread.sleep(PAUSE);
            } catch (LineSocket.Silent nobody) {
                LOG.debug("nobody answers at {} yet", socket);
            }
        }
        return false;
    }

    /** Has the guest take what is on its seed disk now, and the time. */
    static void renew(Path socket, Clock clock, Deadline deadline) throws IOException {
        try (LineSocket guest = LineSocket.connect(GUEST, socket, deadline)) {
            Instant now = clock.instant();
            guest.write(String.format(Locale.ROOT, "renew %d.%09d", now.getEpochSecond(), now.getNano()));
            String answer = guest.read();
            while (answer.equals(YES)) {
                answer = guest.read(); // to what its template was still asked
            }
            if (!answer.equals("renewed")) {
                throw new IOException(
                        "it could not take its own identity: " + answer.substring(0, Math.min(answer.length(), 200)));
            }
        }
    }
}
