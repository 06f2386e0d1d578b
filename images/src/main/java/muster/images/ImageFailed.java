package muster.images;

import org.jspecify.annotations.Nullable;

/** An image cannot be made, found or kept: our failure or the host's. The message begins "cannot ..." and says what to do. */
public class ImageFailed extends Exception {
    public ImageFailed(String message) {
        super(message);
    }

    public ImageFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
