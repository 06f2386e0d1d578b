package muster.reports.site;

import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellLine;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * How something stands, as a word and as the class of its colour and shape.
 *
 * @param kind {@code good}, {@code neutral}, {@code bad}, {@code known} (bad as before), {@code reported}, {@code farm} (the farm's failure), {@code
 *     person} (cancelled), {@code live}, {@code queued} or {@code none}
 * @param word what is read
 */
public record State(String kind, String word) {

    static State of(CellLine line) {
        Outcome outcome = line.outcome();
        if (outcome == null) {
            return new State(
                    line.step() == Step.QUEUED ? "queued" : "live", line.step().word());
        }
        return of(outcome);
    }

    static State of(Outcome outcome) {
        String kind = switch (outcome.owner()) {
            case NOBODY -> "good";
            case DISTRIBUTION -> "bad";
            case FARM -> "farm";
            case PERSON -> "person";
        };
        return new State(kind, outcome.word());
    }

    static State of(@Nullable Verdict verdict) {
        if (verdict == null) {
            return new State("none", "not run");
        }
        String kind = switch (verdict.standing()) {
            case GOOD -> "good";
            case NEUTRAL -> "neutral";
            case BAD -> "bad";
            case REPORTED -> "reported";
        };
        return new State(kind, verdict.name());
    }
}
