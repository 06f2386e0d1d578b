package muster.orchestrator.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A line of a console by which a kernel seems to be unwell. A hint, for whoever is root in a guest can write there.
 *
 * @param sign what it is a sign of
 * @param at when it was seen
 * @param step the word for the step at which the attempt was
 * @param line the line, its control characters replaced
 * @param offset where in the console it begins, in bytes
 */
record Finding(ConsoleSign sign, Instant at, String step, String line, long offset) {

    @Override
    public String toString() {
        return "console at %s, while %s: %s: %s".formatted(at.truncatedTo(ChronoUnit.SECONDS), step, sign.word(), line);
    }
}
