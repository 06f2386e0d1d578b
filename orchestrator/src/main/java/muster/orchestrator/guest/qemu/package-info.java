/** Guests on QEMU: a whole machine with the distribution's own kernel, by KVM where that works and by emulation anywhere. */
@NullMarked
package muster.orchestrator.guest.qemu;

import org.jspecify.annotations.NullMarked;
