package muster.orchestrator.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsideTest {

    @Test
    void whatIsOfNoNetworkOfTheHostsIsOutside() throws Exception {
        for (String address :
                List.of("8.8.8.8", "203.0.113.1", "100.63.0.1", "172.32.0.1", "223.1.1.1", "2606:4700::1")) {
            assertThat(Outside.isGlobal(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void whatIsReservedOrPrivateOrCarriesSuchIsNot() throws Exception {
        for (String address : List.of(
                "0.0.0.0",
                "0.1.2.3",
                "10.0.2.2",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "fc00::1",
                "fe80::1",
                "fec0::2",
                "ff02::1")) {
            assertThat(Outside.isGlobal(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void noConnectionIsMadeToThisHost() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(200);
            assertThatThrownBy(() -> new Outside().connect("localhost", server.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is of this host or its networks");
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
