package muster.images;

import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes base images from one kind of {@link Recipe.Source}. Safe to use from several threads, each with its own folder. */
public interface ImageSource {

    /** Names the log file that {@link #resolve} and {@link #build} append to in their folder. */
    String LOG = "build.log";

    /** Names the distribution's own kernel in a build's folder. */
    String KERNEL = "vmlinuz";

    /** Names the kernel's initial memory disk in a build's folder. */
    String INITRD = "initrd.img";

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
     * Makes {@code root.tar} and {@code disk.raw} in the folder, {@link #KERNEL} and {@link #INITRD} too where the recipe
     * asks for a kernel; what else it leaves there is thrown away.
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
     * @param kernel version of the kernel in the folder, or null where the recipe asks for none
     * @param renews whether its guests can take another identity while they run, so that they may be resumed from templates
     */
    record Built(
            SortedMap<String, String> packages, @Nullable String kernel, boolean renews) {}
}
