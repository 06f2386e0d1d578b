/** On whose behalf something is logged. */
@NullMarked
package muster.orchestrator.log;

import org.jspecify.annotations.NullMarked;
