package muster.orchestrator.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import muster.images.ImageFailed;
import muster.images.ImageStore;

/** Base and prepared images that nobody needs; those in use and the newest stay. */
public record UnusedImages(ImageStore images) implements Collector {

    @Override
    public String kind() {
        return "images";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException, InterruptedException {
        try {
            Found found = Found.NOTHING;
            for (ImageStore.Removed removed : images.gc(Set.of(), dryRun)) {
                found = found.and(removed.bytes());
            }
            return found;
        } catch (ImageFailed failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }
}
