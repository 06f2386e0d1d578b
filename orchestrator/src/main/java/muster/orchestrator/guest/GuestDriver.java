package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs guests of one kind. A guest outlives the orchestrator that started it: all that is needed to find it again lies in
 * its folder.
 */
public interface GuestDriver {

    /** The word for it in matrices and cell keys, e.g. {@code uml}. */
    String name();

    /** The programs that it needs on this host. */
    List<Requirement> requirements();

    /**
     * Makes this driver ready on this host, once: finds or fetches what it needs, proves by booting something tiny that
     * it works.
     *
     * @throws FarmFailed when guests of this kind cannot run here; the message says why and what to do
     */
    void setUp() throws FarmFailed, InterruptedException;

    /** Forgets what was found out about this host, so that the next {@link #setUp} finds it out anew. */
    void forget() throws IOException;

    /** What guests run on here, in a phrase for people; only after {@link #setUp}. */
    String description();

    /**
     * Starts a guest and returns at once; it boots by itself. Where starting fails nothing is left behind.
     *
     * @throws FarmFailed when it could not be started, which is never the distribution's failure
     */
    Guest start(GuestSpec spec) throws FarmFailed, InterruptedException;

    /** What it can do where it resumes guests too; empty where it only boots them. */
    default Optional<Templating> templating() {
        return Optional.empty();
    }

    /**
     * Finds a guest that an earlier orchestrator started in this folder.
     *
     * @return empty when it no longer runs; what it left behind outside its folder is gone then
     */
    Optional<Guest> find(Path folder) throws IOException;
}
