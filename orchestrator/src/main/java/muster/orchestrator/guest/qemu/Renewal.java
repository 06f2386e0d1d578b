package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import muster.orchestrator.guest.Deadline;

/**
 * Speaks with what an image has to give resumed guests an identity of their own, over a serial port: {@code seed --wait} among
 * the images' resources.
 */
final class Renewal {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final String GUEST = "the guest";

    private Renewal() {}

    /** Whether there is somebody who answers; a guest whose boot is not all done answers once it is. */
    static boolean isKnown(Path socket) throws IOException {
        try (LineSocket guest = LineSocket.connect(GUEST, socket, Deadline.in(ANSWER_LIMIT))) {
            guest.write("renews?");
            return guest.read().equals("renews");
        } catch (LineSocket.Silent nobody) {
            return false;
        }
    }

    /** Has the guest take what is on its seed disk now, and the time. */
    static void renew(Path socket, Clock clock, Deadline deadline) throws IOException {
        try (LineSocket guest = LineSocket.connect(GUEST, socket, deadline)) {
            Instant now = clock.instant();
            guest.write(String.format(Locale.ROOT, "renew %d.%09d", now.getEpochSecond(), now.getNano()));
            String answer = guest.read();
            if (!answer.equals("renewed")) {
                throw new IOException("it could not take its own identity: "
                        + answer.substring(0, Math.min(answer.length(), 200)));
            }
        }
    }
}
