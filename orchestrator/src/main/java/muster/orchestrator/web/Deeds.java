package muster.orchestrator.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/** What whoever holds a home does when it is asked. Each throws {@link IllegalArgumentException} with a message for people when it cannot. */
public interface Deeds {

    /** Cancels what a selector selects; how many cells. */
    int cancel(String selector);

    /**
     * Cancels what has not ended of a run; how many cells.
     *
     * @param cell only this one, or null for all
     */
    int cancel(long run, @Nullable CellKey cell);

    /**
     * Runs a cell of a past run again, as it was, and returns at once.
     *
     * @param onlyCase only this case, or null for all
     */
    void rerun(long run, CellKey cell, @Nullable String onlyCase) throws IOException;

    /** From now on the guests of cells that end badly are kept that long. */
    void keepFailed(Duration time);

    /** The guest of a cell that has not ended is kept that long, whatever its suite comes to. */
    void keep(long run, CellKey cell, Duration time) throws IOException;

    /** The matrices that anybody may queue who may queue at all, by their names; others only by this host's own user. */
    SortedMap<String, Path> matrices();

    /** This host and the guests on it. */
    HostLine host() throws IOException;
}
