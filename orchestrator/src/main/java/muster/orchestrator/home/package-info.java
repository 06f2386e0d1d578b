/** The folder in which a farm keeps everything, and the lock that says who works in it. */
@NullMarked
package muster.orchestrator.home;

import org.jspecify.annotations.NullMarked;
