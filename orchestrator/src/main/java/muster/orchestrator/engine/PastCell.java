package muster.orchestrator.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.SortedMap;
import muster.images.Recipe;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Network;
import muster.orchestrator.run.Images;
import muster.reports.CellKey;
import muster.reports.view.CellView;
import muster.testsuites.Suite;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a past run as it was: the same image, suite, environment, user and limits, or none at all. It runs in one guest,
 * also where several had shared its cases.
 *
 * @param image the name of the image that it booted; it is at hand
 */
record PastCell(Cell cell, String image) {

    /**
     * The whole cell, or one case of it.
     *
     * @throws FarmFailed saying what is no longer as it was, and what to do
     */
    static PastCell of(CellView past, @Nullable String onlyCase, Installation installation, Images images)
            throws FarmFailed, ConfigError {
        CellKey key = past.line().cell();
        SortedMap<String, String> was = past.provenance();
        String cannot = "cannot run " + key + " of run " + past.line().run() + " again as it was: ";
        String today = "; 'muster run FILE --only " + key + "' tests what there is today";
        String image = was.get("image.name");
        if (image == null) {
            throw new FarmFailed(cannot + "it never had a guest" + today);
        }
        Recipe recipe = installation
                .recipe(key.distribution())
                .orElseThrow(() -> new FarmFailed(cannot + "there is no distribution '" + key.distribution()
                        + "' any more; put its recipe back into the home's recipes"))
                .recipe();
        Suite suite = installation
                .suite(key.suite())
                .orElseThrow(() ->
                        new FarmFailed(cannot + "there is no suite '" + key.suite() + "' any more; put its folder into "
                                + installation.home().resolve("suites")));
        if (!suite.digest().equals(was.get("suite.digest"))) {
            throw new FarmFailed(cannot + "the files of the suite " + suite.name() + " have changed since, from "
                    + shortened(was.getOrDefault("suite.digest", "unknown")) + " to " + shortened(suite.digest())
                    + "; put them back as they were, or" + today.substring(1));
        }
        Suite.Variant variant = suite.variants().get(key.variant());
        if (variant == null) {
            throw new FarmFailed(cannot + "the suite has no variant '" + key.variant() + "' any more");
        }
        try {
            images.same(image);
        } catch (FarmFailed gone) {
            throw new FarmFailed(
                    cannot + "its image " + image + " is no longer at hand: it was removed by 'muster images gc'"
                            + today,
                    gone);
        }
        int guests = onlyCase == null ? Math.max(1, past.guests().size()) : 1;
        Cell cell = new Cell(key, recipe, suite, variant, shape(was), limits(was, guests));
        return new PastCell(onlyCase == null ? cell : cell.only(onlyCase), image);
    }

    private static Cell.Shape shape(SortedMap<String, String> was) {
        return new Cell.Shape(
                Long.parseLong(fact(was, "guest.memory")),
                Integer.parseInt(fact(was, "guest.cpus")),
                was.getOrDefault("guest.strict", "false").equals("true"),
                Network.ofWord(was.getOrDefault("guest.network", Network.NONE.word())));
    }

    /** One guest has as much time for the suite as all that shared its cases had together. */
    private static Cell.Limits limits(SortedMap<String, String> was, int guests) {
        return new Cell.Limits(limit(was, "boot"), limit(was, "suite").multipliedBy(guests), limit(was, "silence"));
    }

    private static Duration limit(SortedMap<String, String> was, String name) {
        return Duration.parse(fact(was, "limits." + name));
    }

    /** Every attempt that had an image has these. */
    private static String fact(SortedMap<String, String> was, String name) {
        return Objects.requireNonNull(was.get(name), name);
    }

    private static String shortened(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }
}
