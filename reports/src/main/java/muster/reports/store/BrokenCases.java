package muster.reports.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.view.NewFailure;
import muster.reports.view.RunView.ChangedCase;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The broken cases of a run, from the blocks of those attempts that have some and of their baselines. */
final class BrokenCases {

    private static final int MOST = 1_000;

    private static final byte[] NONE = {};

    private BrokenCases() {}

    /** A cell's attempt, and the one that it is compared with. */
    record Compare(CellKey cell, long cellId, long suite, long attempt, long baseline) {}

    /** {@code message} is an id of {@link Messages}. */
    record Broken(int number, Verdict before, Verdict now, long message) {}

    static List<ChangedCase> ofRun(Handle handle, long run) {
        List<Compare> compares = compares(handle, run);
        Map<Long, byte[]> baselines = new HashMap<>();
        BlockScan.verdicts(
                handle, compares.stream().map(Compare::baseline).distinct().toList(), baselines::put);
        Map<Long, Compare> byAttempt = new HashMap<>();
        compares.forEach(compare -> byAttempt.put(compare.attempt(), compare));
        Map<Long, List<Broken>> broken = new HashMap<>();
        BlockScan.blocks(handle, compares.stream().map(Compare::attempt).toList(), (attempt, numbers, parts) -> {
            byte[] baseline =
                    baselines.getOrDefault(Known.of(byAttempt, attempt).baseline(), NONE);
            broken.put(attempt, broken(baseline, numbers, parts));
        });
        List<ChangedCase> changed = new ArrayList<>();
        for (Compare compare : compares) {
            List<Broken> these = broken.getOrDefault(compare.attempt(), List.of());
            if (changed.size() < MOST && !these.isEmpty()) {
                changed.addAll(named(handle, compare, these.subList(0, Math.min(these.size(), MOST - changed.size()))));
            }
        }
        return changed;
    }

    private static List<Broken> broken(byte[] baseline, int[] numbers, List<BlockPart> parts) {
        List<Broken> broken = new ArrayList<>();
        int[] at = {0};
        parts.forEach(part -> BlockCodec.decode(part, (nature, duration, line, message) -> {
            int number = numbers[at[0]++];
            Verdict before = VerdictCodes.verdictOrAbsent(Compared.at(baseline, number));
            if (before != null && broken.size() < MOST && Transition.isBroken(before, nature.verdict())) {
                broken.add(new Broken(number, before, nature.verdict(), message));
            }
        }));
        return broken;
    }

    /** The attempts of a run that have broken cases, by cell. */
    static List<Compare> compares(Handle handle, long run) {
        return handle
                .createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, "
                        + "l.suite AS suite_id, c.id AS cell, a.id, a.baseline FROM cell c JOIN lane l ON l.id = c.lane "
                        + "JOIN suite s ON s.id = l.suite JOIN attempt a ON a.id = c.shown "
                        + "WHERE c.run = :run AND a.broken > 0 AND a.baseline IS NOT NULL")
                .bind("run", run)
                .map((row, context) -> new Compare(
                        CellLines.key(row),
                        row.getLong("cell"),
                        row.getLong("suite_id"),
                        row.getLong("id"),
                        row.getLong("baseline")))
                .stream()
                .sorted((a, b) -> a.cell().compareTo(b.cell()))
                .toList();
    }

    /**
     * The first broken cases of an attempt, in its journal's order.
     *
     * @param from which verdicts of the baseline count
     */
    static List<Broken> of(Handle handle, Compare compare, int most, Predicate<Verdict> from) {
        byte[] baseline = Blocks.verdicts(handle, compare.baseline());
        List<Broken> broken = new ArrayList<>();
        Blocks.read(handle, compare.attempt(), (number, nature, duration, line, message) -> {
            Verdict before = VerdictCodes.verdictOrAbsent(Compared.at(baseline, number));
            if (before != null
                    && broken.size() < most
                    && Transition.isBroken(before, nature.verdict())
                    && from.test(before)) {
                broken.add(new Broken(number, before, nature.verdict(), message));
            }
        });
        return broken;
    }

    static Map<Integer, String> names(Handle handle, long suite, List<Broken> broken) {
        return CaseNames.names(
                handle, suite, broken.stream().mapToInt(Broken::number).toArray());
    }

    static Map<Long, String> messages(Handle handle, List<Broken> broken) {
        return Messages.texts(handle, broken.stream().map(Broken::message).collect(Collectors.toSet()));
    }

    private static List<ChangedCase> named(Handle handle, Compare compare, List<Broken> broken) {
        Map<Integer, String> names = names(handle, compare.suite(), broken);
        Map<Long, String> messages = messages(handle, broken);
        Map<Integer, Confirmation> said = Confirmations.of(handle, compare.attempt());
        return broken.stream()
                .map(one -> new ChangedCase(
                        compare.cell(),
                        Known.of(names, one.number()),
                        one.before().name(),
                        one.now().name(),
                        Known.of(messages, one.message()),
                        NewFailure.isPassed(one.before()) ? said(said, one.number()) : null))
                .toList();
    }

    static @Nullable Confirmation said(Map<Integer, Confirmation> said, int number) {
        Confirmation own = said.get(number);
        return own == null ? said.get(Confirmations.OTHERS) : own;
    }
}
