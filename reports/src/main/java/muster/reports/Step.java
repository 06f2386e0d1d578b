package muster.reports;

import java.util.Locale;

/** The life of a cell, in order; each step is stamped when it begins. */
public enum Step {
    QUEUED,
    CLONING,
    BOOTING,
    PREPARING,
    RUNNING,
    COLLECTING,
    DONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
