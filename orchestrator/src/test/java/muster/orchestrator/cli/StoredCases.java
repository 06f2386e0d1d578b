package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import muster.reports.Attempt;
import muster.reports.ResultStore;

/** What a store holds of an attempt, for tests to look at. */
final class StoredCases {

    private StoredCases() {}

    /** Name and verdict of the cases of a run's first attempt of a kind. */
    static List<String> of(ResultStore store, long run, Attempt.Kind kind) {
        Attempt attempt = LongStream.rangeClosed(1, 1_000)
                .mapToObj(store::attempt)
                .flatMap(Optional::stream)
                .filter(each -> each.run() == run && each.kind() == kind)
                .findFirst()
                .orElseThrow();
        List<String> cases = new ArrayList<>();
        store.history().cases(attempt, each -> cases.add(each.name() + " " + each.verdict()));
        return cases;
    }
}
