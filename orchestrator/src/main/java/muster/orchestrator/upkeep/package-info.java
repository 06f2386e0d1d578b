/** How a farm looks after its home: room on its disk, what may go, backups. */
@NullMarked
package muster.orchestrator.upkeep;

import org.jspecify.annotations.NullMarked;
