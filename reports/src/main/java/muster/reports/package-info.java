/** What was found: the store, the questions asked of it, the pages. */
@NullMarked
package muster.reports;

import org.jspecify.annotations.NullMarked;
