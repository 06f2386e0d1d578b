package muster.images.source;

import java.nio.file.Path;
import java.util.List;
import muster.images.Recipe;

/** One way in which mmdebstrap puts a system together. */
interface Making {

    /** mmdebstrap's word for it. */
    String variant();

    /** Packages that it needs beside those of the recipe. */
    List<String> packages();

    /** mmdebstrap's hooks that come before any package. */
    List<String> setupHooks();

    /**
     * mmdebstrap's hooks once all packages are there.
     *
     * @param overlay a tar of {@link #files} to be unpacked
     */
    List<String> hooks(Recipe recipe, Path overlay);

    /** What Muster adds. */
    List<GuestFiles.Added> files();

    /** The resources that the hooks consist of. */
    List<String> scripts();

    /** The hook that makes the initial memory disk of a kernel, where the recipe asks for one. */
    static List<String> initrd(Recipe recipe, String hook) {
        return recipe.kernel() == null ? List.of() : List.of(hook + GuestFiles.text("initrd.sh"));
    }
}
