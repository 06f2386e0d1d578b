package muster.images.source;

import java.util.Map;
import muster.images.ImageSource;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;

/** Every image source there is, by the kind of source that it understands. */
public final class ImageSources {

    private ImageSources() {}

    /** One line a source. */
    public static Map<Class<? extends Recipe.Source>, ImageSource> all(Mirrors mirrors, Tools tools) {
        return Map.of(
                Recipe.Bootstrap.class, new MmdebstrapSource(mirrors, tools, new Installing()),
                Recipe.Userland.class, new MmdebstrapSource(mirrors, tools, new Unpacking()));
    }
}
