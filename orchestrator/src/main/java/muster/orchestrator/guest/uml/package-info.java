/** Guests on User-Mode Linux: a kernel that is an ordinary program, so that no virtualisation and no root is needed. */
@NullMarked
package muster.orchestrator.guest.uml;

import org.jspecify.annotations.NullMarked;
