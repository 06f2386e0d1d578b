/** The clock of the farm: when matrices are due. The only place that knows Quartz. */
@NullMarked
package muster.orchestrator.schedule;

import org.jspecify.annotations.NullMarked;
