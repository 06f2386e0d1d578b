/** One guest's sandbox on this host, and all that drivers which keep their guests in one have in common. */
@NullMarked
package muster.orchestrator.guest.sandbox;

import org.jspecify.annotations.NullMarked;
