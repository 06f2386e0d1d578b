/** From a clone to a running guest: the driver seam and what every driver shares. The drivers are listed in {@code GuestDrivers}. */
@NullMarked
package muster.orchestrator.guest;

import org.jspecify.annotations.NullMarked;
