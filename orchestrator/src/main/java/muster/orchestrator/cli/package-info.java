/** The command line. The only place that knows picocli. */
@NullMarked
package muster.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
