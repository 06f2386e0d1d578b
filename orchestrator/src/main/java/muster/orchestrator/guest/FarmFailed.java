package muster.orchestrator.guest;

import org.jspecify.annotations.Nullable;

/** Something on the farm's own side failed; never the distribution's failure. The message begins "cannot ...". */
public final class FarmFailed extends Exception {

    private final boolean lasting;

    public FarmFailed(String message) {
        this(message, null);
    }

    public FarmFailed(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private FarmFailed(String message, @Nullable Throwable cause, boolean lasting) {
        super(message, cause);
        this.lasting = lasting;
    }

    /** The same, known to come again whenever it is tried again in this process. */
    public FarmFailed lasting() {
        return new FarmFailed(String.valueOf(getMessage()), this, true);
    }

    /** Whether trying again would change nothing. */
    public boolean isLasting() {
        return lasting;
    }
}
