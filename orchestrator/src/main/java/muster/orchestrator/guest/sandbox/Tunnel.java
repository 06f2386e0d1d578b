package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a guest that may reach the internet reaches it: whole connections by CONNECT, or one request by its full address. */
final class Tunnel {

    private static final Pattern CONNECT =
            Pattern.compile("CONNECT (\\[?[A-Za-z0-9.:-]{1,253}\\]?):(\\d{1,5}) HTTP/1\\.[01]");
    private static final Pattern REQUEST = Pattern.compile(
            "([A-Z]{1,16}) http://([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}\\])(?::(\\d{1,5}))?(/\\S{0,4000})? HTTP/1\\.[01]");

    /** What is between the guest and us alone. */
    private static final Set<String> OURS =
            Set.of("connection", "proxy-connection", "proxy-authorization", "keep-alive");

    private final Outside outside;

    Tunnel(Outside outside) {
        this.outside = outside;
    }

    /** One connection that is under way. */
    record Open(Socket socket, String said) implements AutoCloseable {

        /** Carries both ways until both ends have said all. */
        void carry(InputStream in, OutputStream out) throws IOException {
            Thread up = Thread.ofPlatform().daemon().start(() -> {
                try {
                    in.transferTo(socket.getOutputStream());
                    socket.shutdownOutput();
                } catch (IOException gone) {
                    System.err.println("the guest's connection to the internet broke: " + gone);
                }
            });
            out.write(said.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.getInputStream().transferTo(out);
            up.interrupt();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /**
     * Opens what a request asks for.
     *
     * @param head its first line, and its headers
     * @throws IOException with a reason for people when that is not reached
     */
    Open open(List<String> head) throws IOException {
        Matcher connect = CONNECT.matcher(head.getFirst());
        if (connect.matches()) {
            return new Open(
                    outside.connect(connect.group(1), Integer.parseInt(connect.group(2))),
                    "HTTP/1.1 200 Connection established\r\n\r\n");
        }
        Matcher request = REQUEST.matcher(head.getFirst());
        if (!request.matches()) {
            throw new IOException("this is no address of the internet");
        }
        int port = request.group(3) == null ? 80 : Integer.parseInt(request.group(3));
        Socket socket = outside.connect(request.group(2), port);
        StringBuilder asked = new StringBuilder(
                request.group(1) + " " + (request.group(4) == null ? "/" : request.group(4)) + " HTTP/1.1\r\n");
        head.subList(1, head.size()).stream()
                .filter(line -> !line.isEmpty()
                        && !OURS.contains(line.split(":", 2)[0].strip().toLowerCase(Locale.ROOT)))
                .forEach(line -> asked.append(line).append("\r\n"));
        socket.getOutputStream().write((asked + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return new Open(socket, "");
    }
}
