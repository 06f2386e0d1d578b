package muster.reports.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.Retention.Going;

/** The copies of kept files in a site. */
public final class Copies {

    private final Path root;
    private final Folder folder;
    private final Instant now;

    public Copies(Path root, Instant now) {
        this.root = root;
        this.folder = new Folder(root);
        this.now = now;
    }

    /**
     * How many bytes the copies of these attempts take more than the sentences that stand in their place afterwards.
     *
     * @param replace whether they are put there
     */
    public long of(List<Going> going, boolean replace) throws IOException {
        long bytes = 0;
        for (Going each : going) {
            if (each.shown()) {
                bytes += of(each.attempt(), each.files(), replace);
            }
        }
        return bytes;
    }

    private long of(Attempt attempt, List<KeptFile> files, boolean replace) throws IOException {
        String base = folder(attempt.run(), attempt.cell());
        Map<String, Integer> ofRole = new HashMap<>();
        long bytes = 0;
        for (KeptFile file : files) {
            String address = KeptText.address(file, ofRole.merge(file.role(), 1, Integer::sum), base);
            Path copy = root.resolve(address);
            if (Files.isRegularFile(copy)) {
                byte[] sentence = KeptText.sentence(file.gone(now)).getBytes(StandardCharsets.UTF_8);
                bytes += Files.size(copy) - sentence.length;
                if (replace) {
                    folder.put(address, sentence);
                }
            }
        }
        return bytes;
    }

    private static String folder(long run, CellKey cell) {
        return "run/" + run + "/" + cell.slug();
    }
}
