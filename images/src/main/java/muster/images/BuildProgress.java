package muster.images;

/** Told what obtaining one image is at. Calls come from the thread that obtains it. */
public interface BuildProgress {

    /** A step begins, e.g. {@code installing 147 packages}. */
    void step(String what);

    /** Something that whoever reads the run's results must know, e.g. that an older image was used, and why. */
    void note(String text);
}
