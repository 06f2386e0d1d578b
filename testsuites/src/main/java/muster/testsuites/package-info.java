/** What guests run: suites, how they run through a shell, and what their cases came to. */
@NullMarked
package muster.testsuites;

import org.jspecify.annotations.NullMarked;
