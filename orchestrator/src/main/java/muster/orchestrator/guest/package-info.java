/**
 * From a clone to a running guest: the driver seam, what every driver shares, a package each for the drivers listed in {@code
 * GuestDrivers}, and the {@code sandbox} in which they keep guests.
 */
@NullMarked
package muster.orchestrator.guest;

import org.jspecify.annotations.NullMarked;
