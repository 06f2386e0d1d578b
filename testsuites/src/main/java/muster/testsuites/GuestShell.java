package muster.testsuites;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Runs commands in a guest, as root. Many calls may be under way at once from different threads. An implementation
 * mends a cut connection by itself where the call can be repeated; a call under way then fails with {@link
 * ConnectionCut} and the caller goes on from what it has.
 */
public interface GuestShell {

    /**
     * Runs a POSIX sh command line to its end.
     *
     * @param command given to {@code sh -c} by the guest's SSH server
     * @param limit the longest it may take
     * @return exit status and output, each stream cut at 1 MiB
     * @throws ConnectionCut when the connection broke or the limit passed before the end
     */
    Answer run(String command, Duration limit) throws IOException, InterruptedException;

    /**
     * Runs a command and copies its standard output as it comes, until the command ends.
     *
     * @param sink is written to from the calling thread
     * @return the exit status
     * @throws ConnectionCut when the connection broke before the end; what was copied stands
     */
    default int stream(String command, OutputStream sink) throws IOException, InterruptedException {
        return stream(command, sink, OutputStream.nullOutputStream());
    }

    /**
     * Runs a command and copies its standard output and error as they come, in all else as {@link #stream(String,
     * OutputStream)}. While one sink is slow, the other waits too.
     */
    int stream(String command, OutputStream output, OutputStream error) throws IOException, InterruptedException;

    /**
     * Runs a command with {@code input} as its standard input: how files get into a guest.
     *
     * @return exit status and output, as {@link #run}
     */
    Answer feed(String command, InputStream input, Duration limit) throws IOException, InterruptedException;

    /** What a command came to. Standard output and error are UTF-8, malformed bytes replaced. */
    record Answer(int status, String output, String error) {
        public boolean ok() {
            return status == 0;
        }
    }

    /** The connection to the guest broke, or did not come about in time. The guest itself may still be well. */
    class ConnectionCut extends IOException {
        public ConnectionCut(String message, Throwable cause) {
            super(message, cause);
        }

        /** There will be no other one: the guest has ended. */
        public static final class ForGood extends ConnectionCut {
            public ForGood(String message, Throwable cause) {
                super(message, cause);
            }
        }
    }
}
