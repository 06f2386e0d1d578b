package muster.orchestrator.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that ends where reading it fails, so that all before is read, and says afterwards why. */
final class UpToFailure extends FilterInputStream {

    private @Nullable String failure;

    UpToFailure(InputStream in) {
        super(in);
    }

    /** Why it ended before its end; empty where it did not. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (failure != null) {
            return -1;
        }
        try {
            return super.read(to, offset, length);
        } catch (IOException broken) {
            failure = broken.getMessage() == null ? "it ends too early" : broken.getMessage();
            return -1;
        }
    }
}
