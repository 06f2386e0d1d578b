package muster.orchestrator.guest.lxc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a container is known by on the host, told by its folder alone, so that whoever knows the folder finds all of it.
 *
 * @param name of the container and its cgroups
 * @param firstId the host's user and group id of the guest's root
 */
record Identity(String name, int firstId) {

    /** How many ids a guest has: all that a Debian system knows. */
    static final int IDS = 65_536;

    /** Below it are ids of people and of what /etc/subuid usually gives away. */
    private static final int LOWEST = 1 << 30;

    private static final int RANGES = 1 << 14;

    static Identity of(Path folder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            int range = Short.toUnsignedInt(ByteBuffer.wrap(digest).getShort()) % RANGES;
            return new Identity("muster-" + HexFormat.of().formatHex(digest, 0, 6), LOWEST + range * IDS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
