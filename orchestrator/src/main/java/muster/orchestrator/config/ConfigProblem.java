package muster.orchestrator.config;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in what a person wrote.
 *
 * @param place where
 * @param message what is wrong, e.g. {@code unknown key 'distribution'}
 * @param expected what could have stood there, or empty where the message says all
 * @param nearest the right word that is nearest to what stands there, or null
 */
public record ConfigProblem(
        Place place,
        String message,
        String expected,
        @Nullable String nearest) {

    /** In one line: {@code FILE:LINE:COLUMN: message: expected ...; did you mean '...'?}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder().append(place).append(": ").append(message);
        if (!expected.isEmpty()) {
            line.append(": expected ").append(expected);
        }
        if (nearest != null) {
            line.append("; did you mean '").append(nearest).append("'?");
        }
        return line.toString();
    }
}
