package muster.images;

/** A source could not be asked what it has now; an image made from it earlier may still serve. */
public final class SourceUnreachable extends ImageFailed {
    public SourceUnreachable(String message) {
        super(message);
    }
}
