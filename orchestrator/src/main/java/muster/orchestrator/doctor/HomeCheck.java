package muster.orchestrator.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Whether the home is private, may be written to, and is short enough for the sockets below it. */
record HomeCheck(Path home) implements Check {

    /** sun_path of unix(7) has 108 bytes, the last of them zero. */
    private static final int SOCKET_PATH_BYTES = 107;

    /** The longest path of a socket below a home: of a guest that prepares an image. */
    private static final String LONGEST = "/preparing/p1234567890123456789/guest/box/ssh.sock";

    @Override
    public String name() {
        return "home";
    }

    @Override
    public Finding look() {
        int bytes = home.toString().getBytes(StandardCharsets.UTF_8).length;
        int most = SOCKET_PATH_BYTES - LONGEST.length();
        if (bytes > most) {
            return Finding.broken(
                    "the path " + home + " has " + bytes
                            + " bytes, and sockets of guests lie below it, whose paths Linux" + " limits: it may have "
                            + most,
                    "name a shorter one with --home or MUSTER_HOME");
        }
        if (!Files.isWritable(home)) {
            return Finding.broken("may not be written to: " + home, "as its owner: chmod 700 " + home);
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(home));
            if (!mode.endsWith("------")) {
                return Finding.degraded(
                        home + " is open to other users (" + mode + "), and the farm's key lies in it",
                        "chmod 700 " + home);
            }
        } catch (IOException | UnsupportedOperationException unreadable) {
            return Finding.degraded(home + " has no modes: " + unreadable, "name another one with --home");
        }
        return Finding.fine(home + ", yours alone");
    }
}
