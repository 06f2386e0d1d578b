package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.home.JsonFile;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt must remember to be taken up again by another process; lies in the attempt's folder and is written
 * anew, whole, whenever it changes.
 *
 * @param image name of the image that its guest boots, or null before that is settled
 * @param seed the guest's identity, or null before there is one
 * @param tries how many guests were started for it
 * @param bootedFrom when the guest now in use was cloned, or null
 * @param suiteFrom when the suite was started, or null
 * @param cold why the guest now in use was booted though its driver resumes guests, or null
 */
record AttemptRecord(
        @Nullable String image,
        @Nullable Seed seed,
        int tries,
        @Nullable Instant bootedFrom,
        @Nullable Instant suiteFrom,
        @Nullable String cold) {

    private static final String FILE = "attempt.json";

    /** The record in an attempt's folder; an empty one where nothing was remembered yet. */
    static AttemptRecord read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), AttemptRecord.class)
                .orElseGet(() -> new AttemptRecord(null, null, 0, null, null, null));
    }

    /** One that is to boot this very image. */
    static AttemptRecord ofImage(String image) {
        return new AttemptRecord(image, null, 0, null, null, null);
    }

    AttemptRecord write(Path folder) throws IOException {
        JsonFile.write(folder.resolve(FILE), this);
        return this;
    }

    /** When the guest now in use was cloned. */
    Instant booted() {
        return Objects.requireNonNull(bootedFrom, "no guest was started yet");
    }

    /** When the suite was started. */
    Instant suiteStarted() {
        return Objects.requireNonNull(suiteFrom, "the suite was not started yet");
    }

    AttemptRecord booting(String ofImage, Seed identity, Instant at, @Nullable String whyCold) {
        return new AttemptRecord(ofImage, identity, tries + 1, at, null, whyCold);
    }

    /** What comes of it is no try: it boots then. */
    AttemptRecord resuming(String ofImage, Seed identity, Instant at) {
        return new AttemptRecord(ofImage, identity, tries, at, null, null);
    }

    AttemptRecord suiteStarted(Instant at) {
        return new AttemptRecord(image, seed, tries, bootedFrom, at, cold);
    }
}
