package muster.reports;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One execution of a matrix, as it is queued.
 *
 * @param matrix the matrix's name
 * @param matrixDigest SHA-256 of the matrix file, in hex
 * @param queuedAt when
 * @param settings what {@code --set} changed, empty in a plain run; a run with settings counts in no lane
 * @param cells all its cells, each once
 */
public record NewRun(
        String matrix, String matrixDigest, Instant queuedAt, Map<String, String> settings, List<CellKey> cells) {}
