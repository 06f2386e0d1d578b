package muster.reports.store;

/** The store cannot be opened; the message says why and what to do. */
public class CannotOpenStore extends RuntimeException {

    CannotOpenStore(String message) {
        super(message);
    }

    CannotOpenStore(String message, Throwable cause) {
        super(message, cause);
    }

    /** Another process has it open, maybe only for a moment. */
    public static final class InUse extends CannotOpenStore {
        InUse(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
