package muster.orchestrator.web;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.ResultStore;

/**
 * A home that is held, as the API sees it.
 *
 * @param growing finds texts that grow
 * @param zone in which times are shown
 */
public record Held(
        Home home,
        Board board,
        ResultStore store,
        HomeApi.Transcripts transcripts,
        Growing growing,
        HomeApi.Queue queue,
        Deeds deeds,
        Upkeep upkeep,
        Clock clock,
        ZoneId zone) {

    /** Finds a text of an attempt under way. */
    @FunctionalInterface
    public interface Growing {
        /**
         * The file that grows; it may not be there yet.
         *
         * @param shard its name, or empty for an attempt without shards; empty where there is no one file
         */
        Optional<Path> place(CellStatus attempt, Transcript which, String shard);
    }
}
