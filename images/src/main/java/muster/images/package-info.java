/** What guests boot from: a recipe becomes an immutable base image, a base image becomes a private clone. */
@NullMarked
package muster.images;

import org.jspecify.annotations.NullMarked;
