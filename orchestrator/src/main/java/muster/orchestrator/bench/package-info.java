/** Measures what guests cost on this host, and how all of that is told. */
@NullMarked
package muster.orchestrator.bench;

import org.jspecify.annotations.NullMarked;
