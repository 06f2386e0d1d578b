package muster.reports.store;

import static muster.reports.store.Samples.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.view.CaseLine;
import muster.reports.view.CaseView;
import muster.reports.view.CellView;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/**
 * Nights as they may come, with attempts that are late, partial, lost and retried, run again as a whole or for one case,
 * replaced while they ran, or of runs with settings, beside a plain memory of what was read. {@link #check} compares a store
 * with it.
 */
final class RandomNights {

    private static final Verdict[] VERDICTS = Stream.of(Verdict.values())
            .filter(verdict -> verdict != Verdict.MISSING)
            .toArray(Verdict[]::new);
    private static final List<CellKey> CELLS = List.of(
            CellKey.parse("debian-12:commands:default@uml"),
            CellKey.parse("debian-13:commands:default@uml"),
            CellKey.parse("debian-13:commands:other@uml"),
            CellKey.parse("debian-13:posix:default@uml"));

    private final ResultStore store;
    private final Random random;
    private final Map<CellKey, Map<String, Verdict>> world = new HashMap<>();
    private final List<Attempt> late = new ArrayList<>();

    private final Map<Attempt, List<CaseResult>> read = new LinkedHashMap<>();
    private final Map<Attempt, Map<String, Verdict>> missing = new HashMap<>();
    private final Map<Attempt, Map<String, Verdict>> baselines = new HashMap<>();
    private final Map<CellKey, NavigableMap<Long, Map<String, Verdict>>> lanes = new HashMap<>();
    private final Map<CellKey, Map<Long, Attempt>> shown = new HashMap<>();
    private final List<Long> plainRuns = new ArrayList<>();

    RandomNights(ResultStore store, long seed) {
        this.store = store;
        random = new Random(seed);
        for (CellKey cell : CELLS) {
            world.put(cell, new TreeMap<>());
            lanes.put(cell, new TreeMap<>());
            shown.put(cell, new HashMap<>());
        }
    }

    void run(int nights) throws IOException {
        for (int night = 0; night < nights; night++) {
            boolean settings = random.nextInt(8) == 0;
            long run = store.queue(new NewRun(
                    "random",
                    "00".repeat(32),
                    MIDNIGHT.plus(Duration.ofDays(night)),
                    settings ? Map.of("a", "b") : Map.of(),
                    CELLS));
            if (!settings) {
                plainRuns.add(run);
            }
            for (CellKey cell : CELLS) {
                change(world.get(cell));
                cell(run, cell, settings);
            }
            Collections.shuffle(late, random);
            while (late.size() > 3) {
                finish(late.removeLast(), true, false);
            }
        }
        while (!late.isEmpty()) {
            finish(late.removeLast(), true, false);
        }
    }

    private void cell(long run, CellKey cell, boolean settings) throws IOException {
        Attempt main = begin(run, cell, Kind.MAIN);
        switch (random.nextInt(8)) {
            case 0 -> {
                if (settings) {
                    finish(main, true, true);
                } else {
                    late.add(main);
                }
            }
            case 1 -> {
                finish(main, false, settings);
                finish(begin(run, cell, Kind.RETRY), true, true);
            }
            case 2 -> {
                store.finish(main, ResultStore.CaseReader.NOTHING, seen -> Samples.ending(Outcome.LOST, false));
                read.put(main, List.of());
                finish(begin(run, cell, Kind.RETRY), true, settings);
            }
            case 3 -> {
                finish(main, true, settings);
                finish(begin(run, cell, Kind.RERUN), true, true);
            }
            case 4 -> {
                finish(main, true, settings);
                confirm(run, cell);
            }
            case 5 -> {
                Attempt retry = begin(run, cell, Kind.RETRY);
                assertThatThrownBy(() -> finish(main, true, true)).isInstanceOf(ResultStore.Fenced.class);
                finish(retry, true, settings);
            }
            default -> finish(main, true, settings);
        }
    }

    /** Runs one case again, whatever it comes to. */
    private void confirm(long run, CellKey cell) throws IOException {
        CaseResult result = journal(cell).getFirst();
        Attempt attempt = store.begin(run, cell, Kind.CONFIRM, result.name(), MIDNIGHT);
        store.finish(attempt, Samples.reading(result), seen -> Samples.ending(Outcome.FAILED, true));
        read.put(attempt, List.of(result));
    }

    private Attempt begin(long run, CellKey cell, Kind kind) {
        Attempt attempt = store.begin(run, cell, kind, MIDNIGHT);
        if (kind.standsForCell()) {
            shown.get(cell).put(run, attempt);
        }
        return attempt;
    }

    private void finish(Attempt attempt, boolean complete, boolean aside) throws IOException {
        List<CaseResult> results = journal(attempt.cell());
        Map<String, Verdict> verdicts = new TreeMap<>();
        results.forEach(result -> verdicts.put(result.name(), result.verdict()));
        boolean inLane = plainRuns.contains(attempt.run());
        var before = lanes.get(attempt.cell()).lowerEntry(attempt.run());
        Map<String, Verdict> gone = new TreeMap<>();
        if (before != null && inLane) {
            baselines.put(attempt, before.getValue());
            if (attempt.kind().standsForCell()) {
                before.getValue().keySet().stream()
                        .filter(name -> !verdicts.containsKey(name))
                        .forEach(name -> gone.put(name, Verdict.MISSING));
            }
        }
        store.finish(attempt, Samples.reading(results), seen -> {
            int counted = seen.counts().total();
            assertThat(counted).isGreaterThanOrEqualTo(results.size());
            return Samples.ending(complete ? Outcome.FAILED : Outcome.TIMED_OUT, complete);
        });
        read.put(attempt, results);
        missing.put(attempt, gone);
        verdicts.putAll(gone);
        if (complete && inLane && !aside) {
            lanes.get(attempt.cell()).put(attempt.run(), verdicts);
        }
    }

    private void change(Map<String, Verdict> cases) {
        for (int i = 0; i < 40; i++) {
            String name = "case/" + i;
            int dice = random.nextInt(cases.isEmpty() ? 8 : 30);
            if (dice == 0) {
                cases.remove(name);
            } else if (dice <= 2 || cases.isEmpty()) {
                cases.put(name, VERDICTS[random.nextInt(VERDICTS.length)]);
            }
        }
        cases.put("always", Verdict.PASS);
    }

    private List<CaseResult> journal(CellKey cell) {
        List<String> names = new ArrayList<>(world.get(cell).keySet());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(names, random);
        }
        List<CaseResult> results = new ArrayList<>();
        long line = 0;
        for (String name : names) {
            Verdict verdict = world.get(cell).get(name);
            line += random.nextInt(5);
            results.add(new CaseResult(
                    name,
                    verdict,
                    random.nextBoolean() ? verdict.name() : verdict.name() + random.nextInt(3),
                    random.nextBoolean() ? null : (Integer) (random.nextInt(300) - 3),
                    verdict.isBad() ? "because " + random.nextInt(9) : "",
                    random.nextInt(4) == 0 ? null : Duration.ofMillis(random.nextInt(100_000)),
                    line));
        }
        return results;
    }

    /** A store is to say the same, this one or another; its attempts may have other rows. */
    void check(ResultStore other) {
        Map<List<Object>, Attempt> others = new HashMap<>();
        LongStream.rangeClosed(1, 3L * read.size())
                .mapToObj(other::attempt)
                .flatMap(Optional::stream)
                .forEach(attempt -> others.put(place(attempt), attempt));
        assertThat(others.keySet())
                .containsAll(read.keySet().stream().map(RandomNights::place).toList());
        read.forEach((attempt, expected) ->
                checkRebuilt(Samples.rebuilt(other, others.get(place(attempt))), attempt, expected));
        for (CellKey cell : CELLS) {
            Stream.concat(world.get(cell).keySet().stream(), Stream.of("always"))
                    .distinct()
                    .forEach(name -> checkCase(other, cell, name));
            shown.get(cell).values().forEach(attempt -> checkShown(other, attempt));
        }
    }

    private static List<Object> place(Attempt attempt) {
        return List.of(attempt.run(), attempt.cell(), attempt.kind(), attempt.token());
    }

    private void checkRebuilt(List<CaseResult> rebuilt, Attempt attempt, List<CaseResult> expected) {
        assertThat(rebuilt).startsWith(expected.toArray(CaseResult[]::new));
        assertThat(rebuilt.subList(expected.size(), rebuilt.size()))
                .containsExactlyInAnyOrderElementsOf(missing.getOrDefault(attempt, Map.of()).keySet().stream()
                        .map(name -> new CaseResult(name, Verdict.MISSING, "", null, "", null, 0))
                        .toList());
    }

    private void checkCase(ResultStore other, CellKey cell, String name) {
        CaseView view = other.history().caseHistory(cell.suite(), name, 1000).orElseThrow();
        assertThat(view.runs()).isEqualTo(plainRuns);
        List<Verdict> expected = new ArrayList<>();
        for (long run : plainRuns) {
            expected.add(lanes.get(cell).getOrDefault(run, Map.of()).get(name));
        }
        if (expected.stream().anyMatch(verdict -> verdict != null)) {
            assertThat(view.lanes().get(cell)).as(cell + " " + name).isEqualTo(expected);
        }
    }

    private void checkShown(ResultStore other, Attempt attempt) {
        CellView view = other.history().cell(attempt.run(), attempt.cell()).orElseThrow();
        Map<String, Verdict> before = baselines.getOrDefault(attempt, Map.of());
        int broken = 0;
        int mended = 0;
        for (CaseLine line : view.cases()) {
            Verdict then = before.get(line.name());
            assertThat(line.before()).isEqualTo(then);
            broken += then != null && !then.isBad() && line.verdict().isBad() ? 1 : 0;
            mended += then != null && then.isBad() && line.verdict() == Verdict.PASS ? 1 : 0;
        }
        assertThat(view.line().broken()).isEqualTo(broken);
        assertThat(view.line().mended()).isEqualTo(mended);
        assertThat(view.line().counts().total()).isEqualTo(view.cases().size());
        NavigableMap<Long, Map<String, Verdict>> lane = lanes.get(attempt.cell());
        Map<String, Verdict> history = lane.get(attempt.run());
        if (history != null && plainRuns.contains(attempt.run())) {
            for (CaseLine line : view.cases()) {
                if (line.verdict() == history.get(line.name())) {
                    assertThat(line.sinceRun()).isEqualTo(since(lane, attempt.run(), line));
                }
            }
        }
    }

    private static long since(NavigableMap<Long, Map<String, Verdict>> lane, long run, CaseLine line) {
        long since = run;
        for (var night : lane.headMap(run, true).descendingMap().entrySet()) {
            if (night.getValue().get(line.name()) != line.verdict()) {
                break;
            }
            since = night.getKey();
        }
        return since;
    }
}
