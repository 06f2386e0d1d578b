package muster.orchestrator.doctor;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Whose time pages and messages show. */
record ZoneCheck(ZoneId zone, Clock clock) implements Check {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    @Override
    public String name() {
        return "time zone";
    }

    @Override
    public Finding look() {
        return Finding.fine("pages and messages show the time of " + zone + ", now "
                + TIME.format(clock.instant().atZone(zone)) + "; 'zone' in farm.yaml sets another");
    }
}
