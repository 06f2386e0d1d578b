package muster.orchestrator.guest;

/**
 * A clone's own identity, put on its seed disk: a plain tar written straight to the device, which the image's {@code
 * muster-seed} service unpacks at boot.
 *
 * @param hostname the guest's name
 * @param hostKey its private SSH host key, in OpenSSH's own format, ed25519
 * @param hostKeyPublic the public half, one line
 * @param authorizedKey the farm's public key, one line
 * @param nonce random, hex: read back over SSH to know that this guest is the one that was started
 */
public record Seed(String hostname, String hostKey, String hostKeyPublic, String authorizedKey, String nonce) {}
