package muster.reports;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import muster.reports.FurtherInformation.Resolution;

/**
 * What people said of results: waivers, and what further information means. Rows are only ever added.
 */
public interface Waivers {

    /** Records a waiver. */
    RecordedWaiver add(Waiver waiver, String author, Instant at);

    /**
     * Ends a waiver before its day.
     *
     * @throws IllegalArgumentException when there is none of that number, it has been withdrawn, or it stands in a file
     */
    void withdraw(long number, RecordedWaiver.Withdrawal withdrawal);

    /**
     * Makes the waivers of files those that hold: what is new in them is recorded, what is in them no more is withdrawn.
     *
     * @param files the waivers by the file that they stand in
     */
    void importFiles(Map<String, List<Waiver>> files, Instant at);

    /** All that were ever recorded, the oldest first. */
    List<RecordedWaiver> all();

    /** What is known at the time of a run: when it was queued, and all waivers. */
    AsOf asOf(long run);

    /** When a run was queued, and all waivers that there are; each tells how it stood then. */
    record AsOf(Instant at, List<RecordedWaiver> waivers) {}

    /**
     * What waivers say of the bad cases of a run, as of its date. Cells of which they say nothing are absent.
     *
     * @param zone that in which days begin
     */
    SortedMap<CellKey, Waived> of(long run, ZoneId zone);

    /** The cases that are FIP in the newest history of their lanes, by lane and name. */
    List<FurtherInformation> furtherInformation();

    /**
     * Decides what further information means.
     *
     * @throws IllegalArgumentException when the case is not FIP there, or was decided already
     */
    void resolve(CellKey lane, String name, Resolution resolution);

    /** What was decided of the cases of a run that gave further information, by name. Cells of which nothing was are absent. */
    SortedMap<CellKey, SortedMap<String, Resolution>> decided(long run);

    /** The names of all cases of a suite that were ever seen; none of a suite that never ran. */
    SortedSet<String> caseNames(String suite);
}
