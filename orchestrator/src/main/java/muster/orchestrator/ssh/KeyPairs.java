package muster.orchestrator.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes SSH key pairs: ed25519, without passphrase, in the formats that every OpenSSH since 6.5 reads. */
public final class KeyPairs {

    private KeyPairs() {}

    /**
     * A key pair.
     *
     * @param privateKey PEM in OpenSSH's own format
     * @param publicKey one line: type, base64, comment
     */
    public record Pair(String privateKey, String publicKey) {}

    /** Makes one. */
    public static Pair make(String comment) {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
            try {
                pair.setPublicKeyComment(comment);
                ByteArrayOutputStream privateKey = new ByteArrayOutputStream();
                pair.writeOpenSSHv1PrivateKey(privateKey, null);
                ByteArrayOutputStream publicKey = new ByteArrayOutputStream();
                pair.writePublicKey(publicKey, comment);
                return new Pair(
                        privateKey.toString(StandardCharsets.US_ASCII),
                        publicKey.toString(StandardCharsets.US_ASCII).strip());
            } finally {
                pair.dispose();
            }
        } catch (JSchException e) {
            throw new IllegalStateException("cannot make an ed25519 key with this JDK: " + e.getMessage(), e);
        }
    }
}
