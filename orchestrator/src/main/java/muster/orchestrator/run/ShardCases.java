package muster.orchestrator.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;

/**
 * Puts the cases of several shards into the suite's order, so that an attempt does not depend on how its cases were
 * packed. Held at once are as many as {@value #MOST} cases or some 64 MB of text; where there are more, each such lot is in
 * order.
 */
final class ShardCases {

    private static final int MOST = 100_000;
    private static final long MOST_CHARACTERS = 32 << 20;

    private final ResultSink sink;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<CaseResult> held = new ArrayList<>();
    private long characters;
    private long planned;
    private boolean told;

    ShardCases(ResultSink sink, Optional<ShardPlan> plan) {
        this.sink = sink;
        plan.ifPresent(known -> known.cases().forEach(name -> places.put(name, places.size())));
    }

    /** Takes what is read of one shard's journal. */
    ResultSink of(String shard) {
        return new ResultSink() {
            private long ofThis;

            @Override
            public void result(CaseResult result) {
                hold(result);
            }

            @Override
            public void planned(long cases) {
                planned += cases - ofThis;
                ofThis = cases;
                told = true;
            }

            @Override
            public void unreadable(long line, String seen, String expected) {
                sink.unreadable(line, seen, expected + ", in the journal of " + shard);
            }

            @Override
            public void truncated(String why) {
                sink.truncated(shard + ": " + why);
            }
        };
    }

    private void hold(CaseResult result) {
        held.add(result);
        characters += result.name().length() + result.message().length();
        if (held.size() >= MOST || characters >= MOST_CHARACTERS) {
            flush();
        }
    }

    private void flush() {
        held.sort(Comparator.comparingInt(result -> places.getOrDefault(result.name(), Integer.MAX_VALUE)));
        held.forEach(sink::result);
        held.clear();
        characters = 0;
    }

    /** All have been read. */
    void end() {
        flush();
        if (told) {
            sink.planned(planned);
        }
    }
}
