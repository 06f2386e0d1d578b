package muster.orchestrator.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import muster.reports.Attempt;
import muster.reports.Counts;
import muster.reports.Step;
import muster.testsuites.Verdict;

/**
 * Adds up where the shards of an attempt stand. The attempt is at a step as soon as the first of them is, but it collects
 * only when no other runs any more.
 */
final class ShardsProgress {

    private final Farm farm;
    private final Attempt attempt;
    private final List<CellStatus.Shard> shards = new ArrayList<>();
    private final List<Counts> counts;
    private Step furthest = Step.QUEUED;

    ShardsProgress(Farm farm, Attempt attempt, List<String> names) {
        this.farm = farm;
        this.attempt = attempt;
        this.counts = new ArrayList<>(Collections.nCopies(names.size(), Counts.NONE));
        names.forEach(name -> shards.add(new CellStatus.Shard(name, Step.QUEUED, "")));
    }

    synchronized void step(int shard, Step step, Instant at) {
        if (step == Step.CLONING) {
            counts.set(shard, Counts.NONE);
        }
        change(shard, step, "");
        tell();
        boolean early = step == Step.COLLECTING
                && shards.stream().anyMatch(each -> each.step().compareTo(Step.COLLECTING) < 0);
        if (step.compareTo(furthest) > 0 && !early) {
            furthest = step;
            farm.results().store().step(attempt, step, at);
            farm.board().step(attempt, step, at);
        }
    }

    synchronized void detail(int shard, String words) {
        change(shard, shards.get(shard).step(), words);
        tell();
    }

    synchronized void ended(int shard) {
        change(shard, Step.DONE, "");
        tell();
    }

    synchronized void counts(int shard, Counts read) {
        counts.set(shard, read);
        Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
        counts.forEach(each -> each.byVerdict().forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum)));
        farm.board().counts(attempt, new Counts(sum));
    }

    private void change(int shard, Step step, String detail) {
        shards.set(shard, new CellStatus.Shard(shards.get(shard).name(), step, detail));
    }

    private void tell() {
        farm.board().shards(attempt, List.copyOf(shards));
    }
}
