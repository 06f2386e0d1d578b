package muster.images;

import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes base images from one kind of {@link Recipe.Source}. Safe to use from several threads, each with its own folder. */
public interface ImageSource {

    /** Names the log file that {@link #resolve} and {@link #build} append to in their folder. */
    String LOG = "build.log";

    /** Changes whenever the same recipe would give another image: part of an image's inputs. */
    String version();

    /**
     * What would be installed now.
     *
     * @param workFolder a folder of the caller's, emptied by it afterwards
     * @return name to version of every package, never empty
     * @throws SourceUnreachable when the archives do not answer
     */
    SortedMap<String, String> resolve(Recipe recipe, Path workFolder) throws ImageFailed, InterruptedException;

    /**
     * Makes {@code root.tar} and {@code disk.raw} in the folder; what else it leaves there is thrown away.
     *
     * @param workFolder a folder of the caller's, empty but for the log
     */
    Built build(Recipe recipe, Path workFolder, BuildProgress progress) throws ImageFailed, InterruptedException;

    /**
     * Removes what a build that died in this folder left elsewhere on the host. Called for folders of any source.
     */
    void discard(Path workFolder) throws ImageFailed, InterruptedException;

    /**
     * What a build put into the image.
     *
     * @param packages name to version, as the image itself says
     * @param kernel the kernel inside the image, or null where the driver brings its own
     */
    record Built(
            SortedMap<String, String> packages, @Nullable String kernel) {}
}
