/** The driver {@code lxc}: guests are containers, on the host's own kernel. */
@NullMarked
package muster.orchestrator.guest.lxc;

import org.jspecify.annotations.NullMarked;
