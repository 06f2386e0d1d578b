/** A farm of very many cells, whose guests one other process plays: what it takes of the orchestrator, and whether it loses anything. */
@NullMarked
package muster.orchestrator.bench.cells;

import org.jspecify.annotations.NullMarked;
