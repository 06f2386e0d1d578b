/** The files that people write: read with their places, checked against shipped schemas, errors that name the nearest right word. */
@NullMarked
package muster.orchestrator.config;

import org.jspecify.annotations.NullMarked;
