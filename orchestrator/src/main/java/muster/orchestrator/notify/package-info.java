/** Tells people what happens to runs. The only place that knows how mail is sent. */
@NullMarked
package muster.orchestrator.notify;

import org.jspecify.annotations.NullMarked;
