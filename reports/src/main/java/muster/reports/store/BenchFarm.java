package muster.reports.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Step;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;

/**
 * A farm that never was, night after night: every case of every lane has a verdict that changes rarely and a duration that
 * differs by some per cent each night. The same seed makes the same farm.
 */
public final class BenchFarm {

    private static final Instant FIRST_NIGHT = Instant.parse("2024-01-01T01:30:00Z");

    private static final List<Step> STEPS =
            List.of(Step.CLONING, Step.BOOTING, Step.PREPARING, Step.RUNNING, Step.COLLECTING);

    private final Size size;
    private final Random random;
    private final List<CellKey> cells = new ArrayList<>();
    private final boolean[][] bad;
    private final int[] usualMillis;
    private int night;

    /**
     * How much there is of it.
     *
     * @param changing the share of verdicts that change each night
     */
    public record Size(int distributions, int suites, int cases, double changing) {

        public Size {
            if (distributions < 1 || suites < 1 || cases < 1 || !(changing >= 0 && changing <= 1)) {
                throw new IllegalArgumentException(
                        "cannot make up a farm of " + distributions + " distributions, " + suites
                                + " suites of " + cases + " cases, " + changing
                                + " of which change: expected at least one of each, and a share between 0 and 1");
            }
        }

        long results() {
            return (long) distributions * suites * cases;
        }
    }

    /** The same seed makes the same farm. */
    public BenchFarm(Size size, long seed) {
        this.size = size;
        this.random = new Random(seed);
        for (int distribution = 0; distribution < size.distributions(); distribution++) {
            for (int suite = 0; suite < size.suites(); suite++) {
                cells.add(new CellKey(
                        "distribution-" + distribution, "suite-" + size.cases() + "-" + suite, "full", "uml"));
            }
        }
        bad = new boolean[cells.size()][size.cases()];
        usualMillis = new int[size.cases()];
        for (int i = 0; i < size.cases(); i++) {
            usualMillis[i] = (int) Math.exp(random.nextDouble() * Math.log(2_000));
        }
    }

    /** Those of each night. */
    public List<CellKey> cells() {
        return cells;
    }

    /** Of a case, by its place in its suite. */
    public static String name(int number) {
        return "conformance/interfaces/group-" + number / 20 + "/" + number % 20;
    }

    /** Queues and runs one night; returns the run's number. */
    public long night(ResultStore store) throws IOException {
        Instant at = FIRST_NIGHT.plus(Duration.ofDays(night++));
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), at, Map.of(), cells));
        for (int cell = 0; cell < cells.size(); cell++) {
            Attempt attempt = store.begin(run, cells.get(cell), Attempt.Kind.MAIN, at);
            int seconds = 0;
            for (Step step : STEPS) {
                store.step(attempt, step, at.plusSeconds(seconds++));
            }
            store.guest(attempt, new GuestRecord("main", "uml", "host", "image-" + night / 7, at));
            int which = cell;
            store.finish(attempt, sink -> results(which, sink), read -> ending(read, at));
        }
        store.close(run, at.plus(Duration.ofHours(6)));
        return run;
    }

    private Ending ending(ResultStore.Reading read, Instant at) {
        Map<String, String> packages = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            packages.put("package-" + i, i % 50 == night % 50 ? "1." + night : "1." + i);
        }
        return new Ending(
                read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED,
                "",
                at.plus(Duration.ofHours(1)),
                0,
                true,
                List.of(),
                List.of(),
                new TreeMap<>(Map.of("kernel.version", "6.12." + night / 30, "image.name", "image-" + night / 7)),
                new TreeMap<>(packages));
    }

    /** What a cell came to this night. */
    void results(int cell, ResultSink sink) {
        boolean[] verdicts = bad[cell];
        for (int i = 0; i < verdicts.length; i++) {
            if (random.nextDouble() < size.changing()) {
                verdicts[i] = !verdicts[i];
            }
            sink.result(new CaseResult(
                    name(i),
                    verdicts[i] ? Verdict.FAIL : Verdict.PASS,
                    verdicts[i] ? "FAIL" : "PASS",
                    null,
                    verdicts[i] ? "expected 0, got " + i % 7 : "",
                    Duration.ofMillis(Math.round(usualMillis[i] * (1 + random.nextGaussian() * 0.03))),
                    i * 2L + 1));
        }
    }
}
