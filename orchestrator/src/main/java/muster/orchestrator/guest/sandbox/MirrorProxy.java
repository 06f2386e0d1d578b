package muster.orchestrator.guest.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import muster.images.Mirrors;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.HostProcess;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy of one guest by which it reaches package mirrors and nothing else: GET and HEAD, below {@link Grants} alone; and
 * what is {@link Outside}, where it may. A
 * process of its own outside the sandbox, listening on a unix socket that is seen inside; it ends with the guest, not with the
 * orchestrator. What it is asked comes from a guest and is not trusted.
 */
public final class MirrorProxy {

    /** Where programs of the sandbox find it. */
    static final String INSIDE = "127.0.0.1:3128";

    /** Where the guest finds it: its network's 10.0.2.2 is the sandbox's loopback. */
    private static final String FROM_GUEST = "http://10.0.2.2:3128";

    private static final String INTERNET = "internet";
    private static final int MOST_AT_ONCE = 16;
    private static final int HEAD_BYTES = 16 * 1024;
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final Pattern REQUEST = Pattern.compile("([A-Z]{1,16}) (\\S{1,4000}) HTTP/1\\.[01]");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z-]{1,60}):[ \\t]*([ -~]{0,1000}?)[ \\t]*");
    private static final List<String> PASSED_ON =
            List.of("range", "if-range", "if-modified-since", "if-none-match", "user-agent", "cache-control");
    private static final List<String> PASSED_BACK = List.of(
            "content-length",
            "content-type",
            "content-range",
            "accept-ranges",
            "last-modified",
            "etag",
            "location",
            "date");

    private final Grants grants;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final @Nullable Tunnel internet;

    /** To mirrors alone. */
    MirrorProxy(Grants grants) {
        this(grants, null);
    }

    /** @param internet the way to all else that is outside, or null */
    MirrorProxy(Grants grants, @Nullable Tunnel internet) {
        this.grants = grants;
        this.internet = internet;
    }

    /** What apt in a guest is told, in its own words: apt.conf(5). */
    static String aptConfiguration(Mirrors mirrors, boolean internet) {
        String lines = "Acquire::http::Proxy \"" + FROM_GUEST + "\";\nAcquire::http::Pipeline-Depth \"0\";\n"
                + (internet ? "Acquire::https::Proxy \"" + FROM_GUEST + "\";\n" : "");
        return mirrors.checkValidUntil() ? lines : lines + "Acquire::Check-Valid-Until \"false\";\n";
    }

    /** A command in the sandbox of a guest that reaches it. */
    public static List<String> inside(Tools tools, List<String> guest) {
        List<String> command = new ArrayList<>(tools.shell());
        command.addAll(List.of(
                "-c",
                "socat TCP-LISTEN:%s,bind=%s,reuseaddr,fork,max-children=%d UNIX-CONNECT:/box/apt.sock >/dev/null & exec \"$@\""
                        .formatted(INSIDE.replaceFirst(".*:", ""), INSIDE.replaceFirst(":.*", ""), MOST_AT_ONCE),
                "mirrors"));
        command.addAll(guest);
        return command;
    }

    /** Starts that of a guest. */
    static void start(SandboxFolder folder, HostProcess sandbox, Grants grants, boolean internet) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", java()));
        command.addAll(
                List.of("-Xmx32m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
        command.addAll(List.of(MirrorProxy.class.getName(), Sandbox.mark(folder.path())));
        command.addAll(List.of(Long.toString(sandbox.pid()), Long.toString(sandbox.startTicks()), sandbox.bootId()));
        command.add(folder.mirrorSocket().toString());
        command.add(internet ? INTERNET : "mirrors");
        grants.targets().forEach((prefix, target) -> command.addAll(List.of(prefix, target)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        String path = System.getenv("PATH");
        builder.environment().clear();
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        builder.start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The process: mark, the three words of the sandbox's first process, socket, what beside mirrors is reached, and the grants in pairs. */
    public static void main(String[] words) throws IOException, InterruptedException {
        HostProcess sandbox = new HostProcess(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
        SortedMap<String, String> targets = new TreeMap<>();
        for (int i = 6; i < words.length; i += 2) {
            targets.put(words[i], words[i + 1]);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(words[4]));
        Tunnel internet = words[5].equals(INTERNET) ? new Tunnel(new Outside()) : null;
        Thread.ofPlatform().daemon().start(() -> new MirrorProxy(new Grants(targets), internet).serve(server));
        Deadline.in(NEVER).await(BEAT, () -> !sandbox.isAlive());
    }

    /** Answers until the socket is closed. */
    void serve(ServerSocketChannel server) {
        Semaphore free = new Semaphore(MOST_AT_ONCE);
        try {
            while (true) {
                free.acquire();
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> {
                    try (client) {
                        answer(Channels.newInputStream(client), Channels.newOutputStream(client));
                    } catch (IOException gone) {
                        System.err.println("the guest's connection to its mirrors broke: " + gone);
                    } finally {
                        free.release();
                    }
                });
            }
        } catch (IOException | InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers one request: a connection has one. */
    void answer(InputStream in, OutputStream out) throws IOException {
        List<String> head = head(in).lines().toList();
        Matcher request = REQUEST.matcher(head.isEmpty() ? "" : head.getFirst());
        if (!request.matches()) {
            refuse(out, "400 Bad Request", "this is no request to a proxy");
            return;
        }
        String method = request.group(1);
        Optional<String> target = grants.target(request.group(2));
        if (internet != null && target.isEmpty()) {
            tunnel(internet, head, in, out);
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            refuse(out, "405 Method Not Allowed", "mirrors are only read from");
        } else if (target.isEmpty()) {
            refuse(out, "403 Forbidden", "this guest reaches the farm's package mirrors alone, and this is none");
        } else {
            passOn(method, target.get(), head.subList(1, head.size()), out);
        }
    }

    private static void tunnel(Tunnel internet, List<String> head, InputStream in, OutputStream out)
            throws IOException {
        Tunnel.Open open;
        try {
            open = internet.open(head);
        } catch (IOException | IllegalArgumentException unreachable) {
            refuse(out, "403 Forbidden", "cannot reach this: " + unreachable.getMessage());
            return;
        }
        try (open) {
            open.carry(in, out);
        }
    }

    private void passOn(String method, String target, List<String> headers, OutputStream out) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target))
                .timeout(ANSWER_LIMIT)
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (String line : headers) {
            Matcher header = HEADER.matcher(line);
            if (header.matches() && PASSED_ON.contains(header.group(1).toLowerCase(java.util.Locale.ROOT))) {
                request.header(header.group(1), header.group(2));
            }
        }
        HttpResponse<InputStream> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException broken) {
            refuse(out, "502 Bad Gateway", "cannot reach " + target + ": " + broken);
            return;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return;
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + " \r\n");
        for (String name : PASSED_BACK) {
            answer.headers().firstValue(name).ifPresent(value -> head.append(name + ": " + value + "\r\n"));
        }
        try (InputStream body = answer.body()) {
            write(out, head + "Connection: close\r\n\r\n");
            body.transferTo(out);
        }
    }

    private static void refuse(OutputStream out, String status, String why) throws IOException {
        String text = "muster: " + why + "\n";
        write(
                out,
                "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + text.length()
                        + "\r\nConnection: close\r\n\r\n" + text);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The lines before the first empty one; what is longer than {@link #HEAD_BYTES} is no request. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && head.size() < HEAD_BYTES; c = in.read()) {
            head.write(c);
            if (c == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }
}
