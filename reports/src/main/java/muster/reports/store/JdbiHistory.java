package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.GuestUse;
import muster.reports.History;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseName;
import muster.reports.view.CasePart;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.FarmView;
import muster.reports.view.GuestTime;
import muster.reports.view.NewFailure;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.CaseResult;

/** The questions, each one look. */
final class JdbiHistory implements History {

    private final Connections connections;
    private final KeptFiles files;

    JdbiHistory(Connections connections, KeptFiles files) {
        this.connections = connections;
        this.files = files;
    }

    @Override
    public FarmView farm(int nights) {
        return connections.look(handle -> RunQueries.farm(handle, nights));
    }

    @Override
    public List<CellLine> lane(CellKey lane, int nights) {
        return connections.look(handle -> CellLines.ofLane(handle, lane, nights));
    }

    @Override
    public List<RunLine> runs(int limit) {
        return connections.look(handle -> RunQueries.lines(handle, limit));
    }

    @Override
    public Optional<RunView> run(long number) {
        return connections.look(handle -> RunQueries.view(handle, number));
    }

    @Override
    public Optional<CellView> cell(long run, CellKey cell) {
        return connections.look(handle -> CellQuery.view(handle, run, cell));
    }

    @Override
    public Optional<CellView> cell(long run, CellKey cell, int most) {
        return connections.look(handle -> CellQuery.view(handle, run, cell, most));
    }

    @Override
    public CasePart cases(long run, CellKey cell, CaseFilter filter, int from, int most) {
        return connections.look(handle -> CellQuery.cases(handle, run, cell, filter, from, most));
    }

    @Override
    public List<GuestTime> guests(long run) {
        return connections.look(handle -> GuestQuery.ofRun(handle, run));
    }

    @Override
    public List<NewFailure> newFailures(long run, CellKey cell, int most) {
        return connections.look(handle -> NewFailures.of(handle, run, cell, most));
    }

    @Override
    public Optional<String> image(long run, CellKey cell) {
        return connections.look(handle -> handle.createQuery(
                        "SELECT shown FROM cell WHERE run = :run AND lane = :lane AND shown IS NOT NULL")
                .bind("run", run)
                .bind("lane", Lanes.find(handle, cell))
                .mapTo(Long.class)
                .findOne()
                .flatMap(shown -> Guests.of(handle, shown).stream().min(Comparator.comparing(GuestRecord::role)))
                .map(GuestRecord::image));
    }

    @Override
    public List<CellLine> cells(long run) {
        return connections.look(handle -> CellLines.ofRuns(handle, run, run));
    }

    @Override
    public Optional<CaseView> caseHistory(String suite, String name, int runs) {
        return connections.look(handle ->
                CaseQuery.views(handle, suite, List.of(name), runs).stream().findFirst());
    }

    @Override
    public List<CaseView> caseHistories(String suite, Collection<String> names, int runs) {
        return connections.look(handle -> CaseQuery.views(handle, suite, names, runs));
    }

    @Override
    public SortedSet<CaseName> troubled(int runs) {
        return connections.look(handle -> TroubledCases.ofLastRuns(handle, runs));
    }

    @Override
    public List<Duration> durations(CellKey lane, int limit) {
        return connections.look(handle -> handle.createQuery(
                        "SELECT a.done_after - a.cloning_after FROM cell q JOIN attempt a ON a.id = q.history "
                                + "WHERE q.lane = :lane AND a.done_after IS NOT NULL AND a.cloning_after IS NOT NULL "
                                + "ORDER BY q.lane DESC, q.run DESC LIMIT :limit")
                .bind("lane", Lanes.find(handle, lane))
                .bind("limit", limit)
                .map((row, context) -> Duration.ofMillis(row.getLong(1)))
                .list());
    }

    @Override
    public List<GuestUse> guestUses(CellKey lane, long memoryBytes, int cpus, int limit) {
        return connections.look(handle ->
                GuestUses.of(handle, Lanes.find(handle, lane), new GuestUses.Shape(memoryBytes, cpus), limit));
    }

    @Override
    public Map<String, Duration> caseDurations(CellKey lane) {
        return connections.look(handle -> Lanes.suite(handle, lane.suite())
                .flatMap(suite -> LaneHistory.last(handle, Lanes.find(handle, lane))
                        .map(entry -> Blocks.durations(handle, suite, entry.attempt())))
                .orElse(Map.of()));
    }

    @Override
    public void cases(Attempt attempt, Consumer<CaseResult> each) {
        connections.look(handle -> {
            long suite = Lanes.suite(handle, attempt.cell().suite()).orElseThrow();
            Blocks.replay(handle, suite, attempt.id(), each);
            return true;
        });
    }

    @Override
    public List<Attempt> shown(long run) {
        return connections.look(handle -> OpenAttempts.shown(handle, run));
    }

    @Override
    public List<Ending.KeptFile> files(Attempt attempt) {
        return connections.look(handle -> CellQuery.files(handle, attempt.id()));
    }

    @Override
    public InputStream open(Ending.KeptFile file) throws IOException {
        return files.open(file);
    }

    @Override
    public Map<CellKey, Instant> removals(long run) {
        return connections.look(handle -> RunQueries.removals(handle, run));
    }

    @Override
    public List<Long> unfinishedRuns() {
        return connections.look(RunQueries::unfinished);
    }
}
