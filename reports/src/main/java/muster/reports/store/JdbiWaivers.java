package muster.reports.store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import muster.reports.CellKey;
import muster.reports.FurtherInformation;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Withdrawal;
import muster.reports.Waived;
import muster.reports.Waiver;
import muster.reports.Waivers;
import org.jdbi.v3.core.Handle;

/** What people said of results, in the tables {@code waiver}, {@code waiver_end} and {@code resolution}. */
final class JdbiWaivers implements Waivers {

    private final Connections connections;

    JdbiWaivers(Connections connections) {
        this.connections = connections;
    }

    @Override
    public RecordedWaiver add(Waiver waiver, String author, Instant at) {
        return connections.write(handle -> {
            long number = WaiverRows.insert(handle, waiver, author, at, null);
            return one(handle, number);
        });
    }

    @Override
    public void withdraw(long number, Withdrawal withdrawal) {
        connections.change(handle -> {
            RecordedWaiver waiver = one(handle, number);
            if (waiver.withdrawn() != null) {
                throw new IllegalArgumentException("cannot withdraw waiver " + number + ": it was withdrawn already");
            }
            if (waiver.file() != null) {
                throw new IllegalArgumentException(
                        "cannot withdraw waiver " + number + ": take it out of " + waiver.file() + ", where it stands");
            }
            WaiverRows.end(handle, number, withdrawal);
        });
    }

    @Override
    public void importFiles(Map<String, List<Waiver>> files, Instant at) {
        connections.change(handle -> {
            Numbering.lock(handle, "run"); // two that import at once would record each waiver twice
            Set<String> held = new HashSet<>();
            List<RecordedWaiver> gone = new ArrayList<>();
            for (RecordedWaiver recorded : WaiverRows.all(handle)) {
                String file = recorded.file();
                if (file != null && recorded.withdrawn() == null) {
                    boolean stands = files.getOrDefault(file, List.of()).contains(recorded.waiver());
                    if (!stands || !held.add(key(file, recorded.waiver()))) {
                        gone.add(recorded);
                    }
                }
            }
            for (RecordedWaiver recorded : gone) {
                WaiverRows.end(
                        handle,
                        recorded.number(),
                        new Withdrawal(recorded.waiver().owner(), at, "it stands no longer in " + recorded.file()));
            }
            files.forEach((file, waivers) -> {
                for (Waiver waiver : waivers) {
                    if (held.add(key(file, waiver))) {
                        WaiverRows.insert(handle, waiver, waiver.owner(), at, file);
                    }
                }
            });
        });
    }

    private static String key(String file, Waiver waiver) {
        return file + "\n" + waiver;
    }

    @Override
    public List<RecordedWaiver> all() {
        return connections.look(WaiverRows::all);
    }

    @Override
    public AsOf asOf(long run) {
        return connections.look(handle -> WaivedQuery.asOf(handle, run));
    }

    @Override
    public SortedMap<CellKey, Waived> of(long run, ZoneId zone) {
        return connections.look(handle -> WaivedQuery.of(handle, run, zone));
    }

    @Override
    public List<FurtherInformation> furtherInformation() {
        return connections.look(FurtherQuery::all);
    }

    @Override
    public void resolve(CellKey lane, String name, Resolution resolution) {
        connections.change(handle -> {
            Map.Entry<FurtherInformation, FurtherQuery.Place> found = FurtherQuery.places(handle).entrySet().stream()
                    .filter(entry -> entry.getKey().lane().equals(lane)
                            && entry.getKey().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("cannot resolve '" + name + "' of " + lane
                            + ": it is not FIP in that lane's newest results"));
            Resolution earlier = found.getKey().resolution();
            if (earlier != null) {
                throw new IllegalArgumentException("cannot resolve '" + name + "' of " + lane + ": " + earlier.author()
                        + " has decided " + earlier.decision() + " already");
            }
            Decisions.addUnlessThere(handle, found.getValue(), resolution);
        });
    }

    @Override
    public SortedMap<CellKey, SortedMap<String, Resolution>> decided(long run) {
        return connections.look(handle -> Decisions.ofRun(handle, run));
    }

    @Override
    public SortedSet<String> caseNames(String suite) {
        return connections.look(handle -> new TreeSet<>(handle.createQuery(
                        "SELECT n.name FROM case_name n JOIN suite s ON s.id = n.suite WHERE s.name = :suite")
                .bind("suite", suite)
                .mapTo(String.class)
                .list()));
    }

    private static RecordedWaiver one(Handle handle, long number) {
        return WaiverRows.all(handle).stream()
                .filter(waiver -> waiver.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cannot find waiver " + number));
    }
}
