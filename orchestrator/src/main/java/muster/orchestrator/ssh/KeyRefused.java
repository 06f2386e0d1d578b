package muster.orchestrator.ssh;

import java.io.IOException;

/** The guest that was started answers, and does not let this farm in. No second try can help. */
public final class KeyRefused extends IOException {
    KeyRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
