package muster.orchestrator.cli;

import java.time.Duration;
import muster.orchestrator.config.Durations;
import picocli.CommandLine;

/** Reads durations on the command line as files write them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException bad) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is no duration: expected one such as 90s, 5m or 1h30m");
        }
    }
}
