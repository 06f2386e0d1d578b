package muster.orchestrator.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorProxyTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer mirror;
    private String address;
    private Grants grants;

    @BeforeEach
    void startMirror() throws IOException {
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Range") + " "
                    + exchange.getRequestHeaders().getFirst("Cookie"));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().add("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT");
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            exchange.sendResponseHeaders(200, head ? -1 : 5);
            if (!head) {
                exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        mirror.start();
        address = "http://127.0.0.1:" + mirror.getAddress().getPort();
        grants = new Grants(new TreeMap<>(Map.of(
                "http://deb.debian.org/debian", address + "/mirror/debian", address + "/own", address + "/own")));
    }

    @AfterEach
    void stopMirror() {
        mirror.stop(0);
    }

    @Test
    void whatIsBelowAGrantedAddressComesFromItsMirror() throws IOException {
        String answer = answer("""
                GET http://deb.debian.org/debian/pool/a/a_1%3a1.0~1+b2.deb HTTP/1.1\r
                Host: deb.debian.org\r
                Range: bytes=0-4\r
                Cookie: secret\r
                \r
                """);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("content-length: 5\r\n", "last-modified: Sat, 01 Jan 2000", "Connection: close\r\n")
                .doesNotContain("a=b")
                .endsWith("\r\n\r\nhello");
        assertThat(asked).containsExactly("GET /mirror/debian/pool/a/a_1%3a1.0~1+b2.deb bytes=0-4 null");
        assertThat(answer("HEAD " + address + "/own/x HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void everythingElseIsRefusedAndNothingIsAskedFor() throws IOException {
        List<String> others = new ArrayList<>(List.of(
                "http://deb.debian.org/debian-security/x",
                "http://deb.debian.org/debianx",
                "http://deb.debian.org/debian/../x",
                "http://deb.debian.org/debian/./x",
                "http://deb.debian.org/debian/a/..",
                "http://deb.debian.org/debian/%2e%2e/x",
                "http://deb.debian.org/debian/%2E./x",
                "http://deb.debian.org/debian/a%2f..%2f..",
                "http://deb.debian.org/debian/a?b",
                "http://deb.debian.org/debian/a#b",
                "http://deb.debian.org/debian\\..\\x",
                "http://deb.debian.org@127.0.0.1/debian/x",
                "http://127.0.0.1/debian",
                "http://localhost:22/",
                "https://deb.debian.org/debian/x",
                "/debian/x",
                "*"));
        others.add(address + "/");
        others.add(address + "/ownx");
        for (String other : others) {
            assertThat(answer("GET " + other + " HTTP/1.1\r\n\r\n")).as(other).startsWith("HTTP/1.1 403 Forbidden");
        }
        String granted = "http://deb.debian.org/debian/x HTTP/1.1\r\n\r\n";
        assertThat(answer("POST " + granted)).startsWith("HTTP/1.1 405 ");
        assertThat(answer("CONNECT deb.debian.org:443 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(answer("GET  " + granted)).startsWith("HTTP/1.1 400 ");
        assertThat(answer("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(answer("GET " + granted.strip())).as("cut short").startsWith("HTTP/1.1 400 ");
        assertThat(answer("GET http://deb.debian.org/debian/x HTTP/1.1\r\n" + "A: b\r\n".repeat(10_000) + "\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(asked).isEmpty();
    }

    @Test
    void aMirrorThatIsDownIsSaidToBe() throws IOException {
        mirror.stop(0);
        assertThat(answer("GET http://deb.debian.org/debian/x HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 502 Bad Gateway")
                .contains("cannot reach " + address + "/mirror/debian/x");
    }

    private String answer(String request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MirrorProxy(grants).answer(new ByteArrayInputStream(request.getBytes(StandardCharsets.ISO_8859_1)), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
