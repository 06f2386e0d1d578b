/** Text for people who sit at a terminal. */
@NullMarked
package muster.orchestrator.text;

import org.jspecify.annotations.NullMarked;
