package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it goes over the wire: what is stored of it, and what is under way.
 *
 * @param number its number
 * @param matrix its matrix's name
 * @param endedAt null until it has
 * @param cells all its cells
 */
public record RunStatus(
        long number, String matrix, @Nullable Instant endedAt, List<StatusLine> cells) {}
