/** Results of a run as files that other programs read. */
@NullMarked
package muster.reports.export;

import org.jspecify.annotations.NullMarked;
