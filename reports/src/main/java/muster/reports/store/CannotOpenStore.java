package muster.reports.store;

/** The store cannot be opened; the message says why and what to do. */
public final class CannotOpenStore extends RuntimeException {

    CannotOpenStore(String message) {
        super(message);
    }

    CannotOpenStore(String message, Throwable cause) {
        super(message, cause);
    }
}
