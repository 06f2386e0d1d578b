package muster.reports.site;

import java.time.Instant;
import java.util.List;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/** The hosts and the guests on them. */
public record HostsPage(List<Host> hosts, Instant asOf) {

    /**
     * A host.
     *
     * @param facts what is known of it
     * @param memory what guests take of what they may
     * @param cpus the same for processors, in thousandths
     * @param pressure what work waits for
     */
    public record Host(
            String name, List<Fact> facts, Share memory, Share cpus, List<Pressure> pressure, List<Guest> guests) {}

    public record Fact(String name, String value) {}

    /** How much of something is taken. */
    public record Share(long taken, long most) {

        /** From 0 to 1,000. */
        public long thousandths() {
            return most == 0 ? 0 : Math.min(1_000, taken * 1_000 / most);
        }
    }

    /**
     * For how much of the last time something has waited.
     *
     * @param of {@code cpu}, {@code memory} or {@code io}
     * @param ten per cent of the last ten seconds, e.g. {@code 1.25}
     * @param minute per cent of the last minute
     * @param fiveMinutes per cent of the last five
     */
    public record Pressure(String of, String ten, String minute, String fiveMinutes) {}

    /**
     * A guest.
     *
     * @param memoryBytes what it takes on the host
     * @param since when it was cloned, or null where that is not known
     * @param keptUntil until when it is kept for a person, or null
     */
    public record Guest(
            long run,
            CellKey cell,
            State state,
            long memoryBytes,
            @Nullable Instant since,
            @Nullable Instant keptUntil) {}
}
