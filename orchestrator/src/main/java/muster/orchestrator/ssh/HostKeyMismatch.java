package muster.orchestrator.ssh;

import java.io.IOException;

/** What answered is not the guest that was started: it has another host key. No second try can help. */
public final class HostKeyMismatch extends IOException {
    HostKeyMismatch(String message, Throwable cause) {
        super(message, cause);
    }
}
