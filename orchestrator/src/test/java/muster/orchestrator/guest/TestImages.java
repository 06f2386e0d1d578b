package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.images.BaseImage;
import muster.images.ImageStore;
import muster.images.Manifest;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.images.source.ImageSources;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Images;

/** What tests with real guests boot: images of the shipped recipes, built once and kept until {@code mvn clean}. */
public final class TestImages {

    /** This project, which is an installation. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Kept between test runs: images, and what drivers fetched. */
    public static final Home KEPT = home();

    private TestImages() {}

    private static Home home() {
        Path folder =
                Optional.ofNullable(System.getenv("MUSTER_HOME")).map(Path::of).orElse(Path.of("target", "guests"));
        try {
            return Home.open(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where its images lie. */
    public static ImageStore store(Mirrors mirrors) {
        Tools tools = new Tools();
        return new ImageStore(KEPT.images(), ImageSources.all(mirrors, tools), tools, Clock.systemUTC());
    }

    public static BaseImage debian12() {
        return of("debian-12");
    }

    /** An image of a shipped recipe. */
    public static BaseImage of(String distribution) {
        Mirrors mirrors = Mirrors.of(Map.of());
        try {
            Recipe recipe = new Installation(ROOT, KEPT.folder(), Set.of(), GuestDrivers.names())
                    .recipe(distribution)
                    .orElseThrow()
                    .recipe();
            return Images.build(store(mirrors), recipe, System.out::println, System.out::println);
        } catch (ConfigError | FarmFailed e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same image as if it were for another machine. */
    public static BaseImage saidToBeFor(String architecture, BaseImage image) {
        Manifest manifest = image.manifest();
        String name = manifest.distribution() + "-" + architecture;
        return new BaseImage(
                name,
                image.folder(),
                new Manifest(
                        name,
                        architecture,
                        manifest.inputs(),
                        manifest.recipeDigest(),
                        manifest.builder(),
                        manifest.packages(),
                        manifest.added(),
                        null,
                        manifest.builtAt(),
                        manifest.diskBytes(),
                        manifest.diskDigest(),
                        null,
                        manifest.kernelDigests(),
                        manifest.renews(),
                        null,
                        null));
    }
}
