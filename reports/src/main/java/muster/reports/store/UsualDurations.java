package muster.reports.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** How long the cases of a part usually take: the mean of the last nights that had the same cases. */
final class UsualDurations {

    private static final int NIGHTS = 31;

    private final double[] nanos;
    private final int[] counts;

    private UsualDurations(int cases) {
        nanos = new double[cases];
        counts = new int[cases];
    }

    /**
     * In the part's own unit; 0 for a case of which nothing is known.
     *
     * @param whole a whole part of a block that is about to be written
     * @param earlier the attempt before it in its lane
     */
    static long[] of(Handle handle, byte[] whole, long earlier, int part) {
        PartContent own = new BlockPart(whole, null).content();
        UsualDurations usual = new UsualDurations(own.size());
        usual.add(own);
        BlockScan.parts(handle, nights(handle, earlier), part).values().forEach(its -> usual.add(its.content()));
        return usual.means(own.unit());
    }

    /** The last ones that make history up to that attempt, where they have its cases. */
    private static List<Long> nights(Handle handle, long attempt) {
        return handle.createQuery("SELECT c.history FROM (SELECT e.history FROM cell e WHERE e.lane = "
                        + "(SELECT o.lane FROM attempt b JOIN cell o ON o.id = b.cell WHERE b.id = :attempt) "
                        + "AND e.run <= (SELECT o.run FROM attempt b JOIN cell o ON o.id = b.cell WHERE b.id = :attempt) "
                        + "AND e.history IS NOT NULL ORDER BY e.lane DESC, e.run DESC LIMIT :nights) c "
                        + "JOIN attempt a ON a.id = c.history "
                        + "WHERE a.case_set = (SELECT b.case_set FROM attempt b WHERE b.id = :attempt)")
                .bind("attempt", attempt)
                .bind("nights", NIGHTS)
                .mapTo(Long.class)
                .list();
    }

    private void add(PartContent content) {
        if (content.size() != counts.length) {
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            long stored = content.durations()[i];
            if (stored != 0) {
                nanos[i] += (double) BlockCodec.units(stored) * content.unit();
                counts[i]++;
            }
        }
    }

    private long[] means(long unit) {
        long[] means = new long[counts.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = counts[i] == 0 ? 0 : Math.round(nanos[i] / counts[i] / unit);
        }
        return means;
    }
}
