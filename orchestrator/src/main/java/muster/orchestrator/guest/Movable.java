package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A driver whose guests run on while their folder gets another name: they can be booted before it is known for what. That
 * one can be found in its new folder from then on, by this orchestrator and by the next.
 */
public interface Movable {

    /**
     * Gives a running guest's folder another name. The guest that was there before is no longer to be used.
     *
     * @param from where it was started
     * @param to where it is to be, which is not there yet; its parent is, on the same file system
     * @param label as it is to be labelled
     * @param facts what is to be added to its provenance
     * @throws IOException when it stays where it was
     */
    Guest move(Path from, Path to, String label, Map<String, String> facts) throws IOException;
}
