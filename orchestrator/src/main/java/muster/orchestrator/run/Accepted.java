package muster.orchestrator.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.orchestrator.config.Expectation;
import muster.reports.Counts;
import muster.reports.RecordedWaiver;
import muster.reports.ResultStore.CaseReader;
import muster.reports.ResultStore.Reading;
import muster.testsuites.CaseResult;
import muster.testsuites.Manifest;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;

/**
 * The results of one attempt in the light of expectations and waivers. A case that is expected to fail and is FAIL or
 * UNRESOLVED becomes XFAIL, one that passes becomes XPASS; its native word stays. A waived failure stays what it is: it is
 * counted, and does not speak against the attempt.
 */
final class Accepted {

    /** More are counted, not named. */
    private static final int NAMED = 20;

    private final List<Expectation> expectations;
    private final List<RecordedWaiver> holding;
    private final List<RecordedWaiver> expired;
    private final Map<Verdict, Integer> waived = new EnumMap<>(Verdict.class);
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> again = new ArrayList<>();
    private int asExpected;

    Accepted(List<Expectation> expectations, List<RecordedWaiver> holding, List<RecordedWaiver> expired) {
        this.expectations = expectations;
        this.holding = holding;
        this.expired = expired;
    }

    /** The same cases with their verdicts in this light. */
    CaseReader reading(CaseReader cases) {
        return sink -> cases.readInto(new ResultSink() {
            @Override
            public void result(CaseResult result) {
                sink.result(judged(result));
            }

            @Override
            public void manifest(Manifest manifest) {
                sink.manifest(manifest);
            }

            @Override
            public void planned(long planned) {
                sink.planned(planned);
            }

            @Override
            public void unreadable(long line, String seen, String expected) {
                sink.unreadable(line, seen, expected);
            }

            @Override
            public void truncated(String why) {
                sink.truncated(why);
            }
        });
    }

    private CaseResult judged(CaseResult result) {
        boolean failed = result.verdict() == Verdict.FAIL || result.verdict() == Verdict.UNRESOLVED;
        if (!failed && result.verdict() != Verdict.PASS) {
            return result;
        }
        Optional<Expectation> expectation = expectations.stream()
                .filter(each -> each.scope().names(result.name()))
                .findFirst();
        if (expectation.isPresent()) {
            return expected(result, expectation.get(), failed);
        }
        if (failed) {
            waive(result);
        }
        return result;
    }

    private CaseResult expected(CaseResult result, Expectation expectation, boolean failed) {
        if (failed) {
            asExpected++;
        } else {
            unexpected.add(
                    result.name() + ": expected to fail by " + expectation.place() + ": " + expectation.reason());
        }
        String why = "expected to fail: " + expectation.reason();
        return new CaseResult(
                result.name(),
                failed ? Verdict.XFAIL : Verdict.XPASS,
                result.nativeWord(),
                result.nativeCode(),
                result.message().isEmpty() ? why : why + "\n" + result.message(),
                result.duration(),
                result.line());
    }

    private void waive(CaseResult failed) {
        if (holding.stream().anyMatch(each -> each.waiver().scope().names(failed.name()))) {
            waived.merge(failed.verdict(), 1, Integer::sum);
            return;
        }
        expired.stream()
                .filter(each -> each.waiver().scope().names(failed.name()))
                .findFirst()
                .ifPresent(each -> again.add(failed.name() + ": waiver " + each.number() + " of "
                        + each.waiver().owner() + " expired on " + each.waiver().expires()
                        + ", so this failure counts again"));
    }

    /** What was read, but for what is waived: what is left may speak against the attempt. */
    Reading judged(Reading reading) {
        List<String> notes = new ArrayList<>(reading.notes());
        tell(again, "expired waivers", notes);
        tell(unexpected, "unexpected passes", notes);
        int count = waived.values().stream().mapToInt(Integer::intValue).sum();
        if (count > 0) {
            notes.add(count + " failing cases are waived: " + reading.counts().bad() + " bad with them, "
                    + (reading.counts().bad() - count) + " without");
        }
        if (asExpected > 0) {
            notes.add(asExpected + " cases failed as expected");
        }
        Map<Verdict, Integer> left = new EnumMap<>(Verdict.class);
        left.putAll(reading.counts().byVerdict());
        waived.forEach((verdict, waivedOnes) -> {
            left.merge(verdict, -waivedOnes, Integer::sum);
            left.merge(Verdict.XFAIL, waivedOnes, Integer::sum);
        });
        return new Reading(new Counts(left), reading.planned(), List.copyOf(notes), reading.truncated());
    }

    private static void tell(List<String> what, String kind, List<String> notes) {
        notes.addAll(what.subList(0, Math.min(NAMED, what.size())));
        if (what.size() > NAMED) {
            notes.add(what.size() + " " + kind + " in all; the first " + NAMED + " are named");
        }
    }
}
