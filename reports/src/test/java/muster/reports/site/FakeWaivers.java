package muster.reports.site;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.FurtherInformation;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.Waiver;
import muster.reports.Waivers;

/** Waivers that are as a test puts them. */
final class FakeWaivers implements Waivers {

    final List<RecordedWaiver> recorded = new ArrayList<>();
    final Map<Long, SortedMap<CellKey, Waived>> ofRuns = new HashMap<>();
    final List<FurtherInformation> further = new ArrayList<>();

    @Override
    public List<RecordedWaiver> all() {
        return recorded;
    }

    @Override
    public SortedMap<CellKey, Waived> of(long run, ZoneId zone) {
        return ofRuns.getOrDefault(run, new TreeMap<>());
    }

    @Override
    public List<FurtherInformation> furtherInformation() {
        return further;
    }

    @Override
    public RecordedWaiver add(Waiver waiver, String author, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void withdraw(long number, RecordedWaiver.Withdrawal withdrawal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void importFiles(Map<String, List<Waiver>> files, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AsOf asOf(long run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resolve(CellKey lane, String name, FurtherInformation.Resolution resolution) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<CellKey, SortedMap<String, FurtherInformation.Resolution>> decided(long run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SortedSet<String> caseNames(String suite) {
        throw new UnsupportedOperationException();
    }
}
