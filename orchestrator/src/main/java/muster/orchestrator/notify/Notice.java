package muster.orchestrator.notify;

import java.time.Instant;
import muster.orchestrator.config.Channel;

/**
 * Something that happened to a run, in words.
 *
 * @param id two notices of the same thing have the same; characters of a file name
 * @param event what happened
 * @param matrix the run's matrix
 * @param run its number, or 0 where there was none
 * @param at when
 * @param headline in one line
 * @param text the whole of it in lines; no control characters in it but line ends
 * @param link where more of it stands: a web address, or a file
 */
record Notice(
        String id,
        Channel.Event event,
        String matrix,
        long run,
        Instant at,
        String headline,
        String text,
        String link) {}
