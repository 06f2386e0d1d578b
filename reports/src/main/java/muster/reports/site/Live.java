package muster.reports.site;

import java.util.List;
import java.util.Map;
import muster.reports.Counts;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows only where it is served: who looks at it, and what is under way just now.
 *
 * @param who the name of who looks, or empty for anybody
 * @param role what they may do, or null for nothing
 * @param signedIn whether there is a session to end
 * @param said what came of the last deed, a sentence, or empty
 * @param progress where cells stand that are under way, by {@code RUN CELL}
 * @param following texts that grow, of the cell that the page shows
 * @param today the last day on which something may be waived that is waived now, as 2026-11-21
 * @param home how the farm's home is
 */
public record Live(
        String who,
        @Nullable Role role,
        boolean signedIn,
        String said,
        Map<String, Progress> progress,
        List<Following> following,
        String today,
        Home home) {

    /**
     * How the farm's home is.
     *
     * @param stopped why cells do not begin, a sentence, or empty
     * @param tidied when what had no reason to stay was removed and what it was, and when it is next, a sentence, or empty
     */
    public record Home(String stopped, String tidied) {}

    /**
     * Where a cell stands.
     *
     * @param detail what it does or waits for, a sentence or a few words, or empty
     * @param counts verdicts read so far
     * @param rest how much longer it takes, for people, or empty where nothing is known
     */
    public record Progress(String detail, Counts counts, String rest) {}

    /**
     * A text that grows.
     *
     * @param word {@code log}, {@code console} or {@code journal}
     * @param shard whose, or empty
     * @param tail its last lines
     * @param address where what comes after them is told, from the site's root
     */
    public record Following(String word, String shard, String tail, String address) {}

    /** Whether who looks may do what needs a role, by its word. */
    public boolean may(String word) {
        return role != null && role.allows(Role.ofWord(word));
    }

    /** Where a cell stands, or null where it is not under way here. */
    public @Nullable Progress of(long run, Object cell) {
        return progress.get(run + " " + cell);
    }
}
