package muster.reports.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.view.RunView.ChangedCase;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;

/** The broken cases of a run, from the blocks of those attempts that have some and of their baselines. */
final class BrokenCases {

    private static final int MOST = 1_000;

    private BrokenCases() {}

    private record Compare(CellKey cell, long suite, long attempt, long baseline) {}

    private record Broken(int number, Verdict before, Verdict now, long message) {}

    static List<ChangedCase> ofRun(Handle handle, long run) {
        List<Compare> compares = handle
                .createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, "
                        + "l.suite AS suite_id, a.id, a.baseline FROM cell c JOIN lane l ON l.id = c.lane "
                        + "JOIN suite s ON s.id = l.suite JOIN attempt a ON a.id = c.shown "
                        + "WHERE c.run = :run AND a.broken > 0 AND a.baseline IS NOT NULL")
                .bind("run", run)
                .map((row, context) -> new Compare(
                        CellLines.key(row), row.getLong("suite_id"), row.getLong("id"), row.getLong("baseline")))
                .stream()
                .sorted((a, b) -> a.cell().compareTo(b.cell()))
                .toList();
        List<ChangedCase> changed = new ArrayList<>();
        for (Compare compare : compares) {
            if (changed.size() < MOST) {
                changed.addAll(named(handle, compare, broken(handle, compare, MOST - changed.size())));
            }
        }
        return changed;
    }

    private static List<Broken> broken(Handle handle, Compare compare, int most) {
        byte[] baseline = Blocks.verdicts(handle, compare.baseline());
        List<Broken> broken = new ArrayList<>();
        Blocks.read(handle, compare.attempt(), (number, nature, duration, line, message) -> {
            Verdict before = VerdictCodes.verdictOrAbsent(Compared.at(baseline, number));
            if (before != null && broken.size() < most && Transition.isBroken(before, nature.verdict())) {
                broken.add(new Broken(number, before, nature.verdict(), message));
            }
        });
        return broken;
    }

    private static List<ChangedCase> named(Handle handle, Compare compare, List<Broken> broken) {
        Map<Integer, String> names = CaseNames.names(
                handle,
                compare.suite(),
                broken.stream().mapToInt(Broken::number).toArray());
        Map<Long, String> messages =
                Messages.texts(handle, broken.stream().map(Broken::message).collect(Collectors.toSet()));
        return broken.stream()
                .map(one -> new ChangedCase(
                        compare.cell(),
                        Known.of(names, one.number()),
                        one.before().name(),
                        one.now().name(),
                        Known.of(messages, one.message())))
                .toList();
    }
}
