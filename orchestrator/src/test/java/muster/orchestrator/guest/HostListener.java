package muster.orchestrator.guest;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on one port of all this host's addresses, over TCP and UDP, and remembers who was heard. */
public final class HostListener implements AutoCloseable {

    private static final String GREETING = "from the host itself";

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private HostListener(ServerSocket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
        Thread.ofVirtual().start(this::listenTcp);
        Thread.ofVirtual().start(this::listenUdp);
    }

    public static HostListener open() throws IOException {
        ServerSocket tcp = new ServerSocket(0);
        return new HostListener(tcp, new DatagramSocket(tcp.getLocalPort()));
    }

    public int port() {
        return tcp.getLocalPort();
    }

    /** Those who were heard. */
    public List<String> heard() {
        return heard;
    }

    /** Whether it hears at all: it is spoken to by both ways, which is forgotten then. */
    public boolean hearsFromTheHostItself() throws IOException, InterruptedException {
        byte[] greeting = GREETING.getBytes(StandardCharsets.UTF_8);
        InetAddress here = InetAddress.getLoopbackAddress();
        new Socket(here, port()).close();
        try (DatagramSocket sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(greeting, greeting.length, here, port()));
        }
        boolean hears = Deadline.in(Duration.ofSeconds(10)).await(Duration.ofMillis(10), () -> heard.size() == 2);
        heard.clear();
        return hears;
    }

    private void listenTcp() {
        try {
            while (true) {
                try (Socket caller = tcp.accept()) {
                    heard.add("tcp from " + caller.getRemoteSocketAddress() + " to " + caller.getLocalAddress());
                }
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException broken) {
            heard.add(broken.toString());
        }
    }

    private void listenUdp() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            while (true) {
                udp.receive(packet);
                heard.add("udp from " + packet.getSocketAddress());
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException broken) {
            heard.add(broken.toString());
        }
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }
}
