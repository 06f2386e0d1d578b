package muster.images;

import java.util.List;

/**
 * One enabled binary source of the host's apt configuration.
 *
 * @param uri the archive's address without a trailing slash
 * @param suites e.g. {@code bookworm}
 * @param components e.g. {@code main}
 * @param signedBy the key it must be signed with, or empty where apt's common keys are enough
 */
record AptSource(String uri, List<String> suites, List<String> components, String signedBy) {

    private static final String DEBIAN_KEYRING = "debian-archive-";

    /**
     * Whether this may be a copy of a Debian archive: it has {@code main} and asks for no key but Debian's. Archives of
     * others often end in {@code /debian} too, but bring a key of their own.
     */
    boolean maybeDebian() {
        return components.contains("main") && (signedBy.isEmpty() || namesDebiansKey());
    }

    boolean namesDebiansKey() {
        return signedBy.contains(DEBIAN_KEYRING);
    }

    /** The last part of the address, e.g. {@code debian-security}. */
    String lastPart() {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
