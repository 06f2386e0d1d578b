/** One attempt of one cell: {@link muster.orchestrator.run.CellRun} is the heart of it all. */
@NullMarked
package muster.orchestrator.run;

import org.jspecify.annotations.NullMarked;
