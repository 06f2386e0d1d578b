package muster.images;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers all it is told. */
final class HeardProgress implements BuildProgress {

    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void step(String what) {
        steps.add(what);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
