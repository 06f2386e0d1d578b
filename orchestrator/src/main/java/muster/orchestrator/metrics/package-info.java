/** What a farm measures of itself. */
@NullMarked
package muster.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
