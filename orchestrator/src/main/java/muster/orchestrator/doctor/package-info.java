/** What this host can do, found out by trying it. Each check is a class of its own; {@code Checkup} lists them. */
@NullMarked
package muster.orchestrator.doctor;

import org.jspecify.annotations.NullMarked;
