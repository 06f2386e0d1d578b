package muster.orchestrator.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import muster.orchestrator.config.Durations;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.testsuites.SuiteEnding;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to.
 *
 * @param why a sentence for people; empty when it passed
 * @param exitStatus the suite's, the greatest of all its shards, or null where it was not run to its end everywhere
 * @param complete whether the whole suite was run and read
 */
record AttemptOutcome(Outcome outcome, String why, @Nullable Integer exitStatus, boolean complete) {

    /** Characters; the store takes no reason that is much longer. */
    private static final int REASON = 9_000;

    /** Which one speaks for an attempt of which shards have ended in several ways: the first. */
    private static final List<Outcome> WORST = List.of(
            Outcome.CANCELLED,
            Outcome.PANICKED,
            Outcome.BOOT_FAILED,
            Outcome.TIMED_OUT,
            Outcome.SILENT,
            Outcome.FAILED,
            Outcome.REFUSED,
            Outcome.LOST);

    /** How an attempt is judged by the ends of its guests and by what was read of their journals together. */
    static AttemptOutcome of(List<Part.Ended> parts, ResultStore.Reading reading) {
        List<Part.Ended> stopped =
                parts.stream().filter(part -> stopped(part.end()).isPresent()).toList();
        return stopped.isEmpty() ? ofExits(parts, reading) : ofStops(stopped, parts.size());
    }

    /** One that tells nothing of cases. */
    static AttemptOutcome of(CellEnd end) {
        return stopped(end).orElse(new AttemptOutcome(Outcome.FAILED, "", null, false));
    }

    /** What one of several shards came to, by what was counted in its journal. */
    static Outcome ofShard(CellEnd end, Counts counts) {
        boolean passed = counts.bad() == 0 && exitStatus(end).orElse(0) == 0;
        return stopped(end).map(AttemptOutcome::outcome).orElse(passed ? Outcome.PASSED : Outcome.FAILED);
    }

    private static AttemptOutcome ofStops(List<Part.Ended> stopped, int parts) {
        Part.Ended first = stopped.stream()
                .min(Comparator.comparingInt(
                        part -> WORST.indexOf(of(part.end()).outcome())))
                .orElseThrow();
        AttemptOutcome worst = of(first.end());
        String others = stopped.stream()
                .filter(part -> !part.role().equals(first.role()))
                .map(part -> part.role() + ": " + of(part.end()).outcome().word())
                .collect(Collectors.joining(", "));
        String which = first.isShard() ? first.role() + " of " + parts + ": " : "";
        return new AttemptOutcome(
                worst.outcome(), (others.isEmpty() ? "" : others + "; ") + which + worst.why(), null, false);
    }

    private static AttemptOutcome ofExits(List<Part.Ended> parts, ResultStore.Reading reading) {
        int status = parts.stream()
                .mapToInt(part -> exitStatus(part.end()).orElse(0))
                .max()
                .orElse(0);
        String where = parts.stream()
                .filter(part -> part.isShard() && exitStatus(part.end()).orElse(0) != 0)
                .map(Part.Ended::role)
                .collect(Collectors.joining(", "));
        String why = complaint(status, where.isEmpty() ? "" : " in " + where, reading);
        boolean complete = !reading.truncated() && reading.counts().total() > 0;
        return new AttemptOutcome(why.isEmpty() ? Outcome.PASSED : Outcome.FAILED, why, status, complete);
    }

    private static Optional<Integer> exitStatus(CellEnd end) {
        return end instanceof CellEnd.Ran ran && ran.ending() instanceof SuiteEnding.Exited exited
                ? Optional.of(exited.status())
                : Optional.empty();
    }

    /** Empty where a suite came to its own end: then its journal tells. */
    private static Optional<AttemptOutcome> stopped(CellEnd end) {
        return switch (end) {
            case CellEnd.Ran ran ->
                switch (ran.ending()) {
                    case SuiteEnding.Exited exited -> Optional.empty();
                    case SuiteEnding.TimedOut late ->
                        stopped(Outcome.TIMED_OUT, "the suite took longer than " + Durations.format(late.limit()));
                    case SuiteEnding.Silent silent ->
                        stopped(Outcome.SILENT, "the suite said nothing for " + Durations.format(silent.limit()));
                    case SuiteEnding.Rebooted rebooted ->
                        stopped(Outcome.FAILED, "the guest booted anew in the middle of the suite");
                    case SuiteEnding.Killed killed ->
                        stopped(Outcome.FAILED, "something in the guest killed the suite");
                };
            case CellEnd.Panicked panicked ->
                stopped(Outcome.PANICKED, panicked.panic() + "; its console ends:\n" + end(panicked.lastLines()));
            case CellEnd.Exhausted exhausted -> stopped(Outcome.FAILED, exhausted.why());
            case CellEnd.BootFailed failed -> stopped(Outcome.BOOT_FAILED, failed.why());
            case CellEnd.Refused refused -> stopped(Outcome.REFUSED, refused.why());
            case CellEnd.Lost lost -> stopped(Outcome.LOST, lost.why());
            case CellEnd.Cancelled cancelled -> stopped(Outcome.CANCELLED, cancelled.why());
        };
    }

    private static Optional<AttemptOutcome> stopped(Outcome outcome, String why) {
        return Optional.of(new AttemptOutcome(outcome, why, null, false));
    }

    /** The last of some lines, as many as a reason has room for. */
    private static String end(String lines) {
        if (lines.length() <= REASON) {
            return lines;
        }
        return lines.substring(lines.indexOf('\n', lines.length() - REASON) + 1);
    }

    /** What speaks against a suite that came to its end; empty when nothing does. */
    private static String complaint(int status, String where, ResultStore.Reading reading) {
        Counts counts = reading.counts();
        List<String> complaints = new ArrayList<>();
        if (counts.total() == 0) {
            complaints.add("no case was reported");
        } else if (counts.bad() > 0) {
            complaints.add(counts.bad() + " of " + counts.total() + " cases are bad");
        }
        if (reading.truncated()) {
            complaints.add("the journal stops before its end");
        }
        if (reading.planned() > counts.total()) {
            complaints.add(counts.total() + " cases of " + reading.planned() + " planned");
        }
        if (status != 0) {
            complaints.add("the suite ended with exit status " + status + where);
        }
        return String.join("; ", complaints);
    }
}
