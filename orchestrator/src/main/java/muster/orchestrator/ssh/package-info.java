/** A shell in a guest over SSH: one connection, many channels, reconnects. The only place that knows jsch. */
@NullMarked
package muster.orchestrator.ssh;

import org.jspecify.annotations.NullMarked;
