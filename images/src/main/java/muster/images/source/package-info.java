/** Where base images come from: one class a kind of source, all of them listed in {@link muster.images.source.ImageSources}. */
@NullMarked
package muster.images.source;

import org.jspecify.annotations.NullMarked;
