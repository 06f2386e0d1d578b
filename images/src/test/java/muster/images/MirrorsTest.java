package muster.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorsTest {

    private static final String DEBIAN = "http://deb.debian.org/debian";
    private static final String SECURITY = "http://deb.debian.org/debian-security";

    @TempDir
    Path apt;

    @Test
    void hostWithoutAptGetsTheUpstreamDefault() {
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo(DEBIAN);
    }

    @Test
    void oneLineSourceIsAMirror() throws IOException {
        Files.writeString(apt.resolve("sources.list"), """
                # deb http://commented.example/debian bookworm main
                deb-src http://source.example/debian bookworm main
                deb [ arch=amd64 ] http://mirror.example/pub/debian/ bookworm main # ours
                deb http://mirror.example/pub/debian-security bookworm-security main
                """);
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo("http://mirror.example/pub/debian");
        assertThat(host(Map.of()).uri(SECURITY)).isEqualTo("http://mirror.example/pub/debian-security");
    }

    @Test
    void paragraphSourceIsAMirror() throws IOException {
        list("debian.sources", """
                Types: deb deb-src
                # where it came from
                URIs: http://mirror.example/debian
                Suites: bookworm
                  bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://mirror.example/debian-security/
                Suites: bookworm-security
                Components: main
                """);
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo("http://mirror.example/debian");
        assertThat(host(Map.of()).uri(SECURITY)).isEqualTo("http://mirror.example/debian-security");
    }

    @Test
    void disabledParagraphIsNoMirror() throws IOException {
        list("debian.sources", """
                Types: deb
                URIs: http://mirror.example/debian
                Suites: bookworm
                Components: main
                Enabled: no
                """);
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo(DEBIAN);
    }

    @Test
    void archiveOfSomebodyElseIsNoMirror() throws IOException {
        list(
                "docker.list",
                "deb [signed-by=/etc/apt/keyrings/docker.gpg] http://docker.example/linux/debian bookworm main\n");
        list("other.list", "deb http://other.example/debian bookworm stable\n");
        list("file.list", "deb file:/srv/debian bookworm main\n");
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo(DEBIAN);
    }

    @Test
    void sourceThatNamesDebiansKeyIsPreferred() throws IOException {
        list("a.list", "deb http://other.example/debian stable main\n");
        list(
                "b.list",
                "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian stable main\n");
        assertThat(host(Map.of()).uri(DEBIAN)).isEqualTo("http://mirror.example/debian");
    }

    @Test
    void configuredMirrorWinsOverTheHosts() throws IOException {
        list("debian.list", "deb http://mirror.example/debian bookworm main\n");
        Mirrors mirrors = host(Map.of(DEBIAN + "/", "http://ours.example/d/"));
        assertThat(mirrors.uri(DEBIAN)).isEqualTo("http://ours.example/d");
    }

    @Test
    void longestConfiguredAddressWins() {
        Mirrors mirrors =
                host(Map.of("http://up.example", "http://a.example", "http://up.example/x", "http://b.example"));
        assertThat(mirrors.uri("http://up.example/x/y.tar.gz")).isEqualTo("http://b.example/y.tar.gz");
        assertThat(mirrors.uri("http://up.example/z")).isEqualTo("http://a.example/z");
    }

    @Test
    void addressIsRewrittenOnlyAtWholeParts() {
        Mirrors mirrors = host(Map.of(DEBIAN, "http://ours.example/d"));
        assertThat(mirrors.uri(SECURITY)).isEqualTo(SECURITY);
    }

    @Test
    void fileBelowAnArchiveIsRewritten() throws IOException {
        list("debian.list", "deb http://mirror.example/debian bookworm main\n");
        assertThat(host(Map.of()).uri(DEBIAN + "/pool/main/t/toybox/toybox_0.8.9.orig.tar.gz"))
                .isEqualTo("http://mirror.example/debian/pool/main/t/toybox/toybox_0.8.9.orig.tar.gz");
    }

    @Test
    void archiveThatTheHostDoesNotMirrorStays() throws IOException {
        list("debian.list", "deb http://mirror.example/debian bookworm main\n");
        assertThat(host(Map.of()).uri("http://archive.debian.org/debian"))
                .isEqualTo("http://archive.debian.org/debian");
        assertThat(host(Map.of()).uri("https://example.org/debian/x.iso"))
                .isEqualTo("https://example.org/debian/x.iso");
    }

    private Mirrors host(Map<String, String> configured) {
        return Mirrors.of(configured, apt, true);
    }

    private void list(String name, String text) throws IOException {
        Path parts = Files.createDirectories(apt.resolve("sources.list.d"));
        Files.writeString(parts.resolve(name), text);
    }
}
