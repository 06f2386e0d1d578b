/** Where and when attempts run: admission by memory and processors, longest first. */
@NullMarked
package muster.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
