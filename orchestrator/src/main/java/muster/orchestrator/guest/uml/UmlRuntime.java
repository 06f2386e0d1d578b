package muster.orchestrator.guest.uml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.orchestrator.guest.sandbox.DebianFetch;
import muster.orchestrator.guest.sandbox.Tools;

/**
 * A User-Mode Linux kernel with the tools that a guest's sandbox needs beside it.
 *
 * @param origin said in messages: where it comes from
 * @param root the system whose {@code usr} the sandbox shows: {@code /}, or the folder that one was fetched to
 * @param packages package to version of what it consists of, as far as it is known
 */
record UmlRuntime(String origin, Path root, SortedMap<String, String> packages) {

    /** The packages asked for by name; what they depend on comes along. */
    static final List<String> PACKAGES =
            List.of("user-mode-linux", "libc6", "vdeplug", "libvdeplug-slirp", "socat", "busybox-static");

    /** Without documentation, translations and kernel modules, four fifths of the whole. */
    static final DebianFetch.Wanted WANTED =
            new DebianFetch.Wanted("User-Mode Linux", PACKAGES, "rm -rf \"$1/usr/share\" \"$1/usr/lib/uml\"");

    Tools tools() {
        return new Tools(root, List.of("busybox", "sh"));
    }

    Path kernel() {
        return root.resolve("usr/bin/linux.uml");
    }

    Path busybox() {
        return root.resolve("usr/bin/busybox");
    }

    /** What keeps it from being tried: the first file that is not there. */
    Optional<String> missing() {
        return Stream.of(kernel(), busybox(), root.resolve("usr/bin/vde_plug"), root.resolve("usr/bin/socat"), slirp())
                .filter(Predicate.not(Files::exists))
                .map(Path::toString)
                .findFirst();
    }

    private Path slirp() {
        return root.resolve("usr/lib/x86_64-linux-gnu/vdeplug/libvdeplug_slirp.so");
    }
}
