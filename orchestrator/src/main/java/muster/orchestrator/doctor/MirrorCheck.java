package muster.orchestrator.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.TreeSet;
import muster.images.Mirrors;

/**
 * Whether a package archive is reached from here, and where.
 *
 * @param upstream its address, as recipes name it
 * @param suite one that it must have
 * @param mirrors where it is fetched from
 * @param without how the host stands when it is not reached
 */
record MirrorCheck(String upstream, String suite, Mirrors mirrors, Standing without, Host host) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "archive " + upstream.substring(upstream.lastIndexOf('/') + 1);
    }

    @Override
    public String doing() {
        return "asking " + mirrors.uri(upstream);
    }

    @Override
    public Finding look() throws InterruptedException {
        String mirror = mirrors.uri(upstream);
        String where = mirror.equals(upstream) ? upstream + ", no mirror is set" : mirror + ", for " + upstream;
        try {
            host.fetch(URI.create(mirror + "/dists/" + suite + "/InRelease"), LIMIT);
            return Finding.fine("reached: " + where);
        } catch (IOException | IllegalArgumentException failed) {
            String why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
            return new Finding(
                    without,
                    "cannot reach " + where + " (" + suite + "): " + why
                            + (without == Standing.BROKEN
                                    ? "; there are no images here, and none can be built"
                                    : "; images that are here are used as they are"),
                    "name a mirror that is reached from here under 'mirrors' in farm.yaml in the home",
                    new TreeSet<>());
        }
    }
}
