package muster.reports.site;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.GuestUse;
import muster.reports.History;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CaseName;
import muster.reports.view.CasePart;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.Change;
import muster.reports.view.FarmView;
import muster.reports.view.GuestTime;
import muster.reports.view.NewFailure;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/** A history that holds what a test puts in. */
final class FakeHistory implements History {

    final NavigableMap<Long, RunView> runs = new TreeMap<>();
    final Map<Long, Map<CellKey, CellView>> cells = new HashMap<>();
    final Map<String, byte[]> files = new HashMap<>();

    void add(RunView run, List<CellView> views) {
        runs.put(run.run().number(), run);
        Map<CellKey, CellView> byKey = new TreeMap<>();
        views.forEach(view -> byKey.put(view.line().cell(), view));
        cells.put(run.run().number(), byKey);
    }

    @Override
    public List<CellLine> lane(CellKey lane, int nights) {
        return farm(nights)
                .lanes()
                .getOrDefault(lane.distribution(), Map.of())
                .getOrDefault(FarmView.column(lane), List.of());
    }

    @Override
    public FarmView farm(int nights) {
        TreeSet<String> distributions = new TreeSet<>();
        TreeSet<String> columns = new TreeSet<>();
        Map<String, Map<String, List<CellLine>>> lanes = new TreeMap<>();
        for (RunView run : runs.values()) {
            for (CellLine line : run.cells()) {
                distributions.add(line.cell().distribution());
                columns.add(FarmView.column(line.cell()));
                List<CellLine> lane = lanes.computeIfAbsent(line.cell().distribution(), key -> new TreeMap<>())
                        .computeIfAbsent(FarmView.column(line.cell()), key -> new ArrayList<>());
                lane.add(line);
                if (lane.size() > nights) {
                    lane.removeFirst();
                }
            }
        }
        return new FarmView(List.copyOf(distributions), List.copyOf(columns), lanes, runs(nights));
    }

    @Override
    public List<RunLine> runs(int limit) {
        return runs.descendingMap().values().stream()
                .limit(limit)
                .map(RunView::run)
                .toList();
    }

    @Override
    public Optional<RunView> run(long number) {
        return Optional.ofNullable(runs.get(number));
    }

    @Override
    public Optional<CellView> cell(long run, CellKey cell) {
        return Optional.ofNullable(cells.getOrDefault(run, Map.of()).get(cell));
    }

    @Override
    public Optional<CellView> cell(long run, CellKey cell, int most) {
        return cell(run, cell)
                .map(view -> withCases(view, worth(view).limit(most).toList()));
    }

    private static Stream<CaseLine> worth(CellView view) {
        return view.cases().stream()
                .sorted(Comparator.comparingInt(line -> switch (Change.of(line.before(), line.verdict())) {
                    case BROKEN -> 0;
                    case STILL_BAD -> 1;
                    case ADDED -> line.verdict().isBad() ? 1 : 3;
                    case MENDED, OTHER, GONE -> 2;
                    case NONE -> 3;
                }));
    }

    private static CellView withCases(CellView view, List<CaseLine> cases) {
        return new CellView(
                view.line(),
                view.attempts(),
                view.steps(),
                view.guests(),
                cases,
                view.exitStatus(),
                view.notes(),
                view.files(),
                view.provenance(),
                view.packages(),
                view.baselineRun(),
                view.confirmations());
    }

    @Override
    public CasePart cases(long run, CellKey cell, CaseFilter filter, int from, int most) {
        List<CaseLine> all = cells.get(run).get(cell).cases().stream()
                .filter(line -> line.verdict() == filter.verdict())
                .toList();
        return new CasePart(all.stream().skip(from).limit(most).toList(), all.size());
    }

    @Override
    public List<GuestTime> guests(long run) {
        return cells.getOrDefault(run, Map.of()).values().stream()
                .flatMap(view -> view.guests().stream()
                        .map(guest -> new GuestTime(
                                view.line().cell(),
                                Attempt.Kind.MAIN,
                                guest,
                                view.line().endedAt(),
                                view.line().outcome(),
                                pressure(view))))
                .sorted(Comparator.comparing(each -> each.guest().startedAt()))
                .toList();
    }

    private static SortedMap<String, Integer> pressure(CellView view) {
        SortedMap<String, Integer> pressure = new TreeMap<>();
        view.provenance().forEach((name, value) -> {
            if (name.startsWith("host.pressure.")) {
                pressure.put(name.substring("host.pressure.".length()), Integer.valueOf(value.replace(" %", "")));
            }
        });
        return pressure;
    }

    @Override
    public List<CaseView> caseHistories(String suite, Collection<String> names, int limit) {
        return names.stream()
                .map(name -> caseHistory(suite, name, limit).orElseThrow())
                .toList();
    }

    @Override
    public List<CellLine> cells(long run) {
        return runs.get(run).cells();
    }

    @Override
    public Optional<CaseView> caseHistory(String suite, String name, int limit) {
        List<Long> shown = runs(limit).reversed().stream().map(RunLine::number).toList();
        Map<CellKey, List<Verdict>> lanes = new TreeMap<>();
        Map<CellKey, String> messages = new TreeMap<>();
        for (int at = 0; at < shown.size(); at++) {
            for (CellView view : cells.get(shown.get(at)).values()) {
                CellKey key = view.line().cell();
                if (!key.suite().equals(suite)) {
                    continue;
                }
                List<Verdict> lane = lanes.computeIfAbsent(
                        key, each -> new ArrayList<>(java.util.Collections.nCopies(shown.size(), null)));
                Optional<CaseLine> line = view.cases().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
                if (line.isPresent()) {
                    lane.set(at, line.get().verdict());
                    messages.put(key, line.get().message());
                }
            }
        }
        return Optional.of(new CaseView(suite, name, shown, lanes, messages));
    }

    @Override
    public SortedSet<CaseName> troubled(int limit) {
        SortedSet<CaseName> found = new TreeSet<>();
        for (RunLine run : runs(limit)) {
            for (CellLine line : cells(run.number())) {
                cell(run.number(), line.cell())
                        .ifPresent(view -> view.cases().stream()
                                .filter(CaseLine::isTroubled)
                                .forEach(one ->
                                        found.add(new CaseName(line.cell().suite(), one.name()))));
            }
        }
        return found;
    }

    @Override
    public List<NewFailure> newFailures(long run, CellKey cell, int most) {
        return List.of();
    }

    @Override
    public Optional<String> image(long run, CellKey cell) {
        return Optional.empty();
    }

    @Override
    public List<Duration> durations(CellKey lane, int limit) {
        return List.of();
    }

    @Override
    public List<GuestUse> guestUses(CellKey lane, long memoryBytes, int cpus, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Duration> caseDurations(CellKey lane) {
        return Map.of();
    }

    @Override
    public void cases(Attempt attempt, Consumer<CaseResult> each) {
        for (CaseLine line : cells.get(attempt.run()).get(attempt.cell()).cases()) {
            each.accept(new CaseResult(
                    line.name(),
                    line.verdict(),
                    line.nativeWord(),
                    null,
                    line.message(),
                    line.duration(),
                    line.line()));
        }
    }

    @Override
    public Map<CellKey, Instant> removals(long run) {
        return Map.of();
    }

    @Override
    public List<Attempt> shown(long run) {
        return cells(run).stream()
                .map(line -> new Attempt(0, run, line.cell(), Attempt.Kind.MAIN, 1))
                .toList();
    }

    @Override
    public List<KeptFile> files(Attempt attempt) {
        return cells.get(attempt.run()).get(attempt.cell()).files();
    }

    @Override
    public InputStream open(KeptFile file) {
        return new ByteArrayInputStream(files.get(file.digest()));
    }

    @Override
    public List<Long> unfinishedRuns() {
        return runs.values().stream()
                .filter(run -> run.run().endedAt() == null)
                .map(run -> run.run().number())
                .toList();
    }
}
