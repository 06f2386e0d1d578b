/** What the pages and commands show, as plain values; {@link muster.reports.History} answers with them. */
@NullMarked
package muster.reports.view;

import org.jspecify.annotations.NullMarked;
