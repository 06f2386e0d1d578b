package muster.orchestrator.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Time zones, as files name them. */
public final class TimeZones {

    private TimeZones() {}

    /**
     * A zone by its name, or by a word that stands for one.
     *
     * @param usual the word
     * @param meant what it stands for, and what an unknown name is taken for
     */
    public static ZoneId read(Text name, String usual, ZoneId meant, Problems problems) {
        if (name.value().equals(usual)) {
            return meant;
        }
        try {
            return ZoneId.of(name.value());
        } catch (DateTimeException unknown) {
            problems.add(new ConfigProblem(
                    name.place(),
                    "unknown time zone " + Words.quoted(name.value()),
                    usual + ", or a name such as Europe/Berlin",
                    Nearest.to(name.value(), ZoneId.getAvailableZoneIds()).orElse(null)));
            return meant;
        }
    }
}
