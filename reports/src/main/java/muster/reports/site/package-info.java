/** The pages of the static site: what they show, where they lie, how they are written. */
@NullMarked
package muster.reports.site;

import org.jspecify.annotations.NullMarked;
