package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import muster.reports.AuditLog;
import muster.reports.Role;
import muster.reports.Token;

/**
 * Who is let in, and to what. A request is for this server by its Host, and one that changes something comes from this server's own
 * pages by its Origin, if a browser sent it; nobody asks too often or too much; whoever needs a role has it; what changes something is in the
 * audit log.
 */
final class Gate {

    static final String COOKIE = "muster-session";

    /** The attribute of a request that says when it came, by {@link System#nanoTime}. */
    static final String BEGUN = "begun";

    static final int MOST_BYTES = 64 << 10;

    /** What a deed was done to, for the audit log. */
    private static final String SUBJECT = "subject";

    private static final String HOME = "this host's own user";
    private static final String BEARER = "Bearer ";

    private final Held held;
    private final Sessions sessions;
    private final String secret;
    private final List<String> names;
    private final Rates asking = new Rates(400, 40, System::nanoTime);
    private final Rates guessing = new Rates(10, 0.2, System::nanoTime);
    private volatile int door;

    /**
     * @param secret that of this host's own user, who may do everything
     * @param names by which this server is known beside its addresses
     */
    Gate(Held held, Sessions sessions, String secret, List<String> names) {
        this.held = held;
        this.sessions = sessions;
        this.secret = secret;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    static String owner() {
        return HOME;
    }

    /** At this port nobody is let in without a secret. */
    void door(int port) {
        door = port;
    }

    /** Before anything else. */
    void admit(Context request) {
        request.attribute(BEGUN, System.nanoTime());
        Headers.put(request);
        String host = hostOf(request);
        if (!isOurs(host)) {
            throw new Problem.Met(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "cannot answer for this host name: this farm is not known by it; add it to web.names in farm.yaml");
        }
        boolean changes = !HandlerType.GET.equals(request.method()) && !HandlerType.HEAD.equals(request.method());
        if (changes) {
            checkOrigin(request);
            checkSize(request);
        }
        Asker asker = asker(request, host);
        asker.put(request);
        String who = asker.name().isEmpty() ? request.ip() : asker.name();
        if (!who.equals(HOME) && !asking.take(who)) {
            throw tooOften();
        }
    }

    static Problem.Met tooOften() {
        return new Problem.Met(HttpStatus.TOO_MANY_REQUESTS, "cannot answer: too many requests; wait a moment");
    }

    /** Counts a wrong secret; throws when there were too many. */
    void guessed(Context request) {
        if (!guessing.take(request.ip())) {
            throw tooOften();
        }
    }

    private Asker asker(Context request, String host) {
        String authorization = request.header("Authorization");
        if (authorization != null) {
            return authorization.startsWith(BEARER)
                    ? bearer(request, authorization.substring(BEARER.length()))
                    : unknown(request);
        }
        String cookie = request.cookie(COOKIE);
        Optional<Session> session = cookie == null ? Optional.empty() : sessions.find(cookie);
        if (session.isPresent()) {
            return new Asker(session.get().name(), session.get().role(), session.get());
        }
        boolean neighbour = request.req().getLocalPort() != door
                && isLoopback(request.req().getLocalAddr())
                && isLoopback(request.ip())
                && isLoopbackName(host);
        return neighbour ? Asker.NEIGHBOUR : Asker.NOBODY;
    }

    private Asker bearer(Context request, String given) {
        if (Secrets.same(given, secret)) {
            return new Asker(HOME, Role.ADMIN, null);
        }
        Optional<Token> token = held.store()
                .tokens()
                .ofDigest(Secrets.digest(given))
                .filter(each -> each.holds(held.clock().instant()));
        return token.isPresent()
                ? new Asker(Sessions.name(token.get()), token.get().role(), null)
                : unknown(request);
    }

    private Asker unknown(Context request) {
        guessed(request);
        throw new Problem.Met(
                HttpStatus.UNAUTHORIZED,
                "cannot let you in: this is no token of this farm, or it has expired or was revoked;"
                        + " 'muster token create' makes one");
    }

    private static String hostOf(Context request) {
        String host = request.header("Host");
        if (host == null) {
            throw new Problem.Met(HttpStatus.BAD_REQUEST, "cannot answer: the request names no host");
        }
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** A number as an address cannot be made to mean another machine, as a name can. */
    private boolean isOurs(String host) {
        return host.equals("localhost") || names.contains(host) || isNumber(host);
    }

    private static boolean isNumber(String host) {
        return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    }

    private static boolean isLoopbackName(String host) {
        return host.equals("localhost") || (isNumber(host) && isLoopback(host.replaceAll("[\\[\\]]", "")));
    }

    private static boolean isLoopback(String number) {
        try {
            return InetAddress.getByName(number.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }

    /** Browsers always say where a form came from; other programs do not. */
    private static void checkOrigin(Context request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean foreign = origin == null
                ? request.cookie(COOKIE) != null || (site != null && !site.equals("same-origin"))
                : !isSame(origin, String.valueOf(request.header("Host")));
        if (foreign) {
            throw new Problem.Met(
                    HttpStatus.FORBIDDEN, "cannot do that: it was asked for by a page that is not of this farm");
        }
    }

    private static boolean isSame(String origin, String host) {
        try {
            URI uri = URI.create(origin);
            return host.equalsIgnoreCase(uri.getRawAuthority());
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static void checkSize(Context request) {
        long bytes = request.req().getContentLengthLong();
        if (bytes < 0) {
            throw new Problem.Met(
                    HttpStatus.LENGTH_REQUIRED, "cannot read the request: it does not say how long it is");
        }
        if (bytes > MOST_BYTES) {
            throw new Problem.Met(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "cannot read the request: it is " + bytes + " bytes, and may be " + MOST_BYTES);
        }
    }

    /** A route's handler with all that is checked before it and written after it. */
    Handler guard(Route route) {
        return request -> {
            if (route.deed().isEmpty()) {
                check(route, request);
                route.handler().handle(request);
                return;
            }
            String result = "done";
            try {
                check(route, request);
                route.handler().handle(request);
            } catch (Exception refused) {
                result = String.valueOf(refused.getMessage());
                throw refused;
            } finally {
                audit(request, route.deed(), result);
            }
        };
    }

    private static void check(Route route, Context request) {
        Role needs = route.needs();
        Asker asker = Asker.of(request);
        if (needs == null || asker.may(needs)) {
            return;
        }
        if (asker.name().isEmpty()) {
            throw new Problem.Met(
                    HttpStatus.UNAUTHORIZED,
                    "cannot do that without a token: it needs the role " + needs.word()
                            + "; sign in, or send 'Authorization: Bearer TOKEN'");
        }
        Role has = asker.role();
        throw new Problem.Met(
                HttpStatus.FORBIDDEN,
                "cannot do that as " + (has == null ? "nobody" : has.word()) + ": it needs the role " + needs.word());
    }

    /**
     * Refuses everybody but this host's own user.
     *
     * @param what is refused, e.g. {@code back up}
     * @param command of {@code muster} that does it on the host
     */
    static void needsOwner(Context request, String what, String command) {
        if (!Asker.of(request).name().equals(HOME)) {
            throw new Problem.Met(
                    HttpStatus.FORBIDDEN,
                    "cannot " + what + " for somebody elsewhere: the service's own user does, with 'muster " + command
                            + "'");
        }
    }

    /** Says what a deed is done to. */
    static void subject(Context request, String what) {
        request.attribute(SUBJECT, what);
    }

    private void audit(Context request, String deed, String result) {
        AuditLog log = held.store().audit();
        String subject = request.attribute(SUBJECT);
        Asker asker = Asker.of(request);
        String who = asker.name().isEmpty() ? "somebody at " + request.ip() : asker.name();
        log.add(held.clock().instant(), who, deed, subject == null ? "" : subject, result);
    }
}
