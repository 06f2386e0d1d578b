package muster.images.source;

import muster.images.BuildProgress;

/** Hears nothing. */
final class SilentProgress implements BuildProgress {
    @Override
    public void step(String what) {}

    @Override
    public void note(String text) {}
}
