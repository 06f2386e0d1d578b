/** The HTTP face of whoever holds the home. The only place that knows Javalin. */
@NullMarked
package muster.orchestrator.web;

import org.jspecify.annotations.NullMarked;
