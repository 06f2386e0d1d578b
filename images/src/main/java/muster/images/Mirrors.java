package muster.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where packages and sources are fetched from on this host. Recipes and suites name upstream addresses; the farm may
 * name a mirror for any of them, and for Debian's own archives the mirror that the host's apt uses is taken.
 */
public final class Mirrors {

    private static final Set<String> DEBIAN_HOSTS = Set.of("deb.debian.org", "ftp.debian.org", "security.debian.org");
    private static final Set<String> DEBIAN_ARCHIVES = Set.of("debian", "debian-security");

    private final Map<String, String> configured;
    private final List<AptSource> hostSources;
    private final boolean checkValidUntil;

    private Mirrors(Map<String, String> configured, List<AptSource> hostSources, boolean checkValidUntil) {
        this.configured = new TreeMap<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        configured.forEach((upstream, mirror) -> this.configured.put(withoutSlash(upstream), withoutSlash(mirror)));
        this.hostSources = hostSources;
        this.checkValidUntil = checkValidUntil;
    }

    /**
     * The mirrors of this host.
     *
     * @param configured upstream address to mirror, as the farm's configuration has them
     */
    public static Mirrors of(Map<String, String> configured) {
        return of(configured, Path.of("/etc/apt"), hostChecksValidUntil());
    }

    /**
     * The mirrors of a host described by its apt configuration.
     *
     * @param aptFolder apt's configuration folder; where it is missing the host has no mirror
     * @param checkValidUntil what {@link #checkValidUntil()} shall say
     */
    public static Mirrors of(Map<String, String> configured, Path aptFolder, boolean checkValidUntil) {
        try {
            return new Mirrors(configured, AptSources.read(aptFolder), checkValidUntil);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read apt's sources in " + aptFolder + ": " + e.getMessage()
                            + "; make them readable or name a mirror in the farm's configuration",
                    e);
        }
    }

    /**
     * Where to fetch what upstream has at an address: an archive, or any file below one. The longest configured address
     * wins; with none, the host's own mirror of Debian; with neither, the address itself.
     */
    public String uri(String upstreamDefault) {
        for (Map.Entry<String, String> entry : configured.entrySet()) {
            if (isBelow(upstreamDefault, entry.getKey())) {
                return entry.getValue()
                        + upstreamDefault.substring(entry.getKey().length());
            }
        }
        return debianArchive(upstreamDefault)
                .flatMap(archive -> hostMirror(lastPart(archive))
                        .map(mirror -> mirror + upstreamDefault.substring(archive.length())))
                .orElse(upstreamDefault);
    }

    /**
     * All that is fetched from mirrors here, for whoever may reach mirrors and nothing else: every address that a mirror is
     * known for, and every mirror, to the mirror.
     */
    public SortedMap<String, String> granted() {
        SortedMap<String, String> granted = new TreeMap<>();
        configured.values().forEach(mirror -> granted.put(mirror, mirror));
        for (String host : DEBIAN_HOSTS) {
            for (String archive : DEBIAN_ARCHIVES) {
                String upstream = "http://" + host + "/" + archive;
                granted.put(withoutSlash(uri(upstream)), withoutSlash(uri(upstream)));
                granted.put(upstream, withoutSlash(uri(upstream)));
            }
        }
        granted.putAll(configured);
        return granted;
    }

    /**
     * Whether this host's apt refuses index files past their {@code Valid-Until} date. A host whose mirror is frozen says
     * false, and then nothing fetched from that mirror may be refused for its age either.
     */
    public boolean checkValidUntil() {
        return checkValidUntil;
    }

    private Optional<String> hostMirror(String archive) {
        return hostSources.stream()
                .filter(source -> source.lastPart().equals(archive) && source.maybeDebian())
                .min(Comparator.comparing(source -> !source.namesDebiansKey()))
                .map(AptSource::uri);
    }

    private static Optional<String> debianArchive(String address) {
        URI uri = URI.create(address);
        String[] parts =
                uri.getRawPath() == null ? new String[0] : uri.getRawPath().split("/", 3);
        if (uri.getHost() == null
                || !DEBIAN_HOSTS.contains(uri.getHost())
                || parts.length < 2
                || !DEBIAN_ARCHIVES.contains(parts[1])) {
            return Optional.empty();
        }
        return Optional.of(uri.getScheme() + "://" + uri.getRawAuthority() + "/" + parts[1]);
    }

    private static boolean isBelow(String address, String prefix) {
        return address.equals(prefix) || address.startsWith(prefix + "/");
    }

    private static String lastPart(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private static String withoutSlash(String address) {
        return address.replaceFirst("/+$", "");
    }

    /** Asks apt itself, as the setting may stand in any of many files; a host without apt checks. */
    private static boolean hostChecksValidUntil() {
        try {
            Process process = new ProcessBuilder("apt-config", "dump", "--format=%v%n", "Acquire::Check-Valid-Until")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String value = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return !AptSources.isNo(value);
        } catch (IOException e) {
            return true;
        }
    }
}
