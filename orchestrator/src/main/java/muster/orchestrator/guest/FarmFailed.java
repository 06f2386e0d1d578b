package muster.orchestrator.guest;

import org.jspecify.annotations.Nullable;

/** Something on the farm's own side failed; never the distribution's failure. The message begins "cannot ...". */
public final class FarmFailed extends Exception {
    public FarmFailed(String message) {
        super(message);
    }

    public FarmFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
