package muster.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The right to boot from an image: while it is open, and while the user's folder exists, the image is neither removed nor
 * changed. It outlives this process: asking for the same user again takes it up.
 */
public final class DiskClone implements AutoCloseable {

    private final BaseImage image;
    private final Path user;
    private final Path marker;

    DiskClone(BaseImage image, Path user, Path marker) {
        this.image = image;
        this.user = user;
        this.marker = marker;
    }

    public BaseImage image() {
        return image;
    }

    /** The folder of the guest that uses the image. */
    public Path user() {
        return user;
    }

    /** Ends the use; closing twice is once. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the use of " + image.name() + " by " + user, e);
        }
    }
}
