package muster.reports;

import java.util.Locale;

/** What an attempt came to as a whole, as it is stored and shown. */
public enum Outcome {
    PASSED(Owner.NOBODY),
    /** The suite ran and something is bad. */
    FAILED(Owner.DISTRIBUTION),
    /** The whole suite took longer than allowed. */
    TIMED_OUT(Owner.DISTRIBUTION),
    /** No output for longer than allowed. */
    SILENT(Owner.DISTRIBUTION),
    /** The guest's kernel, as its console says. */
    PANICKED(Owner.DISTRIBUTION),
    /** The guest never became ready: the distribution's failure. */
    BOOT_FAILED(Owner.DISTRIBUTION),
    /** Build, clone or set-up failed on the farm's side. */
    REFUSED(Owner.FARM),
    /** Guest or network gone for good. */
    LOST(Owner.FARM),
    CANCELLED(Owner.PERSON),
    /** Replaced while it ran; its writes are rejected. */
    FENCED(Owner.FARM);

    /** Whose the failure is. */
    public enum Owner {
        NOBODY,
        DISTRIBUTION,
        FARM,
        PERSON
    }

    private final Owner owner;

    Outcome(Owner owner) {
        this.owner = owner;
    }

    public Owner owner() {
        return owner;
    }

    /** The distribution's failure. */
    public boolean isBad() {
        return owner == Owner.DISTRIBUTION;
    }

    /** The farm's failure, never the distribution's: may be tried again. */
    public boolean isInfrastructure() {
        return owner == Owner.FARM;
    }

    /** The word on pages and in commands, e.g. {@code timed-out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads {@link #word}. */
    public static Outcome ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
