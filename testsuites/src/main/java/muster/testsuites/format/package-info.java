/** How journals are read: one streaming parser a format, all of them listed in {@link muster.testsuites.format.ResultFormats}. */
@NullMarked
package muster.testsuites.format;

import org.jspecify.annotations.NullMarked;
