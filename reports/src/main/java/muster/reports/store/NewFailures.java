package muster.reports.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.view.CellView.AttemptLine;
import muster.reports.view.NewFailure;
import org.jdbi.v3.core.Handle;

/** The new failures of one cell that its baseline passed, and what running them again came to. */
final class NewFailures {

    private NewFailures() {}

    static List<NewFailure> of(Handle handle, long run, CellKey cell, int most) {
        Optional<BrokenCases.Compare> compare = BrokenCases.compares(handle, run).stream()
                .filter(each -> each.cell().equals(cell))
                .findFirst();
        return compare.map(one -> of(handle, one, most)).orElse(List.of());
    }

    private static List<NewFailure> of(Handle handle, BrokenCases.Compare compare, int most) {
        List<BrokenCases.Broken> broken = BrokenCases.of(handle, compare, most, NewFailure::isPassed);
        Map<Integer, String> names = BrokenCases.names(handle, compare.suite(), broken);
        Map<Long, String> messages = BrokenCases.messages(handle, broken);
        Map<Integer, Confirmation> said = Confirmations.of(handle, compare.attempt());
        List<AttemptLine> again = CellAttempts.of(handle, compare.cellId(), compare.suite()).stream()
                .filter(attempt -> attempt.kind() == Kind.CONFIRM)
                .toList();
        return broken.stream()
                .map(one -> {
                    String name = Known.of(names, one.number());
                    return new NewFailure(
                            name,
                            one.before(),
                            one.now(),
                            Known.of(messages, one.message()),
                            BrokenCases.said(said, one.number()),
                            again.stream()
                                    .filter(attempt -> name.equals(attempt.onlyCase()))
                                    .toList());
                })
                .toList();
    }
}
