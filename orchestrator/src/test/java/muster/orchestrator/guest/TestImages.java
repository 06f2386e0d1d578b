package muster.orchestrator.guest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import muster.images.BaseImage;
import muster.images.BuildProgress;
import muster.images.ImageFailed;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.images.source.ImageSources;

/** What drivers' tests boot: a small Debian 12, built once and kept until {@code mvn clean}. */
public final class TestImages {

    /** Kept between test runs: images, and what drivers fetched. */
    public static final Path KEPT = Path.of("target", "guests").toAbsolutePath();

    private static final Recipe DEBIAN_12 = new Recipe(
            "debian-12",
            "amd64",
            "a small Debian 12",
            new Recipe.Bootstrap(
                    List.of(new Recipe.Archive("http://deb.debian.org/debian", List.of("bookworm"), List.of("main"))),
                    true),
            List.of("dbus", "iproute2", "openssh-server", "procps", "systemd-sysv", "udev", "usr-is-merged"),
            1L << 30,
            List.of("uml"),
            Recipe.Refresh.PINNED);

    private TestImages() {}

    public static BaseImage debian12() {
        Tools tools = new Tools();
        Mirrors mirrors = Mirrors.of(Map.of());
        ImageStore store =
                new ImageStore(KEPT.resolve("images"), ImageSources.all(mirrors, tools), tools, Clock.systemUTC());
        try {
            return store.obtain(DEBIAN_12, "tests", new BuildProgress() {
                @Override
                public void step(String what) {
                    System.out.println("debian-12: " + what);
                }

                @Override
                public void note(String text) {
                    System.out.println("debian-12: " + text);
                }
            });
        } catch (ImageFailed e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
