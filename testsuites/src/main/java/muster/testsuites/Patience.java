package muster.testsuites;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Repeats what a cut connection broke, until the guest has been out of reach for too long. */
final class Patience {
    private final Clock clock;
    private final RunnerSettings settings;

    Patience(Clock clock, RunnerSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Talks to a guest; may be repeated. */
    interface Talk<T> {
        T talk() throws IOException, InterruptedException;
    }

    <T> T through(Talk<T> talk) throws IOException, InterruptedException {
        @Nullable Instant giveUp = null;
        while (true) {
            try {
                return talk.talk();
            } catch (GuestShell.ConnectionCut cut) {
                if (cut instanceof GuestShell.ConnectionCut.ForGood) {
                    throw cut;
                }
                giveUp = giveUp == null ? clock.instant().plus(settings.patience()) : giveUp;
                if (clock.instant().isAfter(giveUp)) {
                    throw cut;
                }
                pause();
            }
        }
    }

    void pause() throws InterruptedException {
        Thread.sleep(settings.pause());
    }
}
