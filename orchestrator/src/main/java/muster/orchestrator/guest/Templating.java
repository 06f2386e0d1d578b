package muster.orchestrator.guest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What a driver can do that keeps templates: guests booted once, stopped, and resumed as often as one is wanted. Safe for
 * use by many threads.
 */
public interface Templating {

    /** What the provenance of a resumed guest has the name of its template under. */
    String TEMPLATE = "guest.template";

    /** What it keeps, in a phrase for people. */
    String description();

    /**
     * Resumes a guest from the template of its image and shape; where there is none it is made first, by one caller at a
     * time. The guest has the identity of its own when this returns, and nobody has entered it yet. Where it fails nothing
     * of the guest is left, and it can be booted in the same folder.
     *
     * @throws NotResumed says why it is to be booted instead
     */
    Guest resume(GuestSpec spec, FirstBoot first) throws NotResumed, InterruptedException;

    /** To be told when what was resumed is no good: its template is used no more by this process. */
    void distrust(GuestSpec spec, String why) throws InterruptedException;

    /** Ends and removes templates that were being made when an orchestrator died. */
    void cleanUp() throws IOException;

    /**
     * Templates from which no guest runs, and none was resumed since a moment.
     *
     * @param remove whether to remove them
     * @return what each takes of the disk, in bytes
     */
    default List<Long> unused(Instant since, boolean remove) throws IOException {
        return List.of();
    }

    /** How a guest comes up that becomes a template. */
    interface FirstBoot {

        /** The identity with which it boots, which no other guest has. */
        Seed seed();

        /** Waits until it answers over SSH with that identity, and leaves it then. */
        void await(Guest guest) throws IOException, InterruptedException;
    }
}
