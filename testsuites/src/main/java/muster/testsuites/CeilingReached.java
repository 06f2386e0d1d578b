package muster.testsuites;

import java.io.IOException;

/** No more is taken from the guest. */
final class CeilingReached extends IOException {
    CeilingReached(String message) {
        super(message);
    }
}
