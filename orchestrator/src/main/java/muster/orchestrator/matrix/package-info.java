/** From a matrix file to cells: a pure function. */
@NullMarked
package muster.orchestrator.matrix;

import org.jspecify.annotations.NullMarked;
