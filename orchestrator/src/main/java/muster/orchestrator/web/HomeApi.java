package muster.orchestrator.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.LiveSite;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * The farm's one API and its pages, answered by whoever holds the home. Other commands of this host's own user come in by the door: a
 * random port on loopback, with the secret that lies in the home. Everybody else comes by the address that {@link #listen} opens, as
 * {@link Gate} lets them. What can be asked is described at {@code /api/v1/openapi.json}.
 */
public final class HomeApi implements AutoCloseable {

    /** Where all that is for programs lies; what is beside it is for browsers. */
    static final String API = "/api/v1";

    private final Held held;
    private final String secret = Secrets.fresh();
    private final Sessions sessions;
    private final Changes changes;
    private final Growth growth = new Growth();
    private final Streams streams = new Streams();
    private final CommandRoutes commands;
    private final List<Route> routes;
    private final Javalin server;
    private final int door;

    /** Opens a transcript at its beginning; what an attempt has not written is empty. */
    @FunctionalInterface
    public interface Transcripts {
        /** @param shard its name, or empty for the whole attempt */
        InputStream open(CellStatus attempt, Transcript which, String shard) throws IOException;
    }

    /** What is to come. Each throws {@link IllegalArgumentException} with a message for people when it cannot be done. */
    public interface Queue {
        QueueAnswer add(QueueRequest asked) throws IOException;

        /** Queues what was bad in a run, or in the newest that has ended. */
        RerunAnswer rerun(@Nullable Long run) throws IOException;

        /** Holds cells back, or lets them go; how many. */
        int hold(HoldRequest asked) throws IOException;

        /** Every cell under way or to come. */
        List<StatusLine> cells();

        List<ScheduleLine> schedule();

        void change(ScheduleChange asked);
    }

    public HomeApi(Held held) {
        this(held, List.of());
    }

    /** @param names by which this host is known beside its addresses */
    public HomeApi(Held held, List<String> names) {
        this.held = held;
        this.sessions = new Sessions(held.store().tokens(), held.clock(), Gate.owner());
        this.changes = new Changes(held.board());
        Gate gate = new Gate(held, sessions, secret, names);
        LiveSite site = new LiveSite(held.store(), held.clock(), held.zone());
        Looks looks = new Looks(held);
        this.commands = new CommandRoutes(held);
        FarmPageRoutes farm = new FarmPageRoutes(held, site, looks);
        this.routes = Stream.of(
                        new CellRoutes(held).routes(),
                        new QueueRoutes(held).routes(),
                        new WaiverRoutes(held).routes(),
                        new AccessRoutes(held).routes(),
                        new EventRoutes(held, changes, growth, streams).routes(),
                        new DescriptionRoutes().routes(),
                        new UpkeepRoutes(held.upkeep()).routes(),
                        commands.routes(),
                        new PageRoutes(held, site, looks).routes(),
                        farm.routes(),
                        new FormRoutes(held, site, looks, farm).routes(),
                        new SignInRoutes(site, looks, sessions, gate).routes())
                .flatMap(List::stream)
                .toList();
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = Gate.MOST_BYTES;
            config.routes.before(gate::admit);
            config.routes.after(this::answered);
            routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), gate.guard(route)));
            new Problems(site, held).register(config.routes);
        });
        server.start("127.0.0.1", 0);
        door = server.port();
        gate.door(door);
    }

    /** From now on commands of this host's own user that need the store are run by this. */
    public void answer(Function<CommandRequest, CommandAnswer> running) {
        commands.answer(running);
    }

    /** How many listen just now to what is told as it happens. */
    public int listeners() {
        return streams.open();
    }

    /** Told by the route, not by the address: there are too many of those. */
    private void answered(Context request) {
        Endpoint endpoint = request.endpoints().lastHttpEndpoint();
        if (endpoint != null && EventRoutes.goesOn(endpoint.path)) {
            return; // it took as long as somebody listened; the request is nobody's any more
        }
        Long begun = request.attribute(Gate.BEGUN);
        held.upkeep()
                .answered(
                        request.method().name(),
                        endpoint == null ? "none" : endpoint.path,
                        request.statusCode(),
                        Duration.ofNanos(begun == null ? 0 : System.nanoTime() - begun));
    }

    /** All that can be asked. */
    List<Route> routes() {
        return routes;
    }

    /** Where and with which secret it answers this host's own user. */
    public HomeLock.Door door() {
        return new HomeLock.Door(ProcessHandle.current().pid(), door, secret);
    }

    /**
     * Answers at one more address, from now on.
     *
     * @return its port
     * @throws IllegalArgumentException with a message for people when it is not loopback, and there is no token
     * @throws IOException when it cannot be listened at
     */
    public int listen(String host, int port) throws IOException {
        if (!InetAddress.getByName(host).isLoopbackAddress()
                && !AccessRoutes.any(held.store().tokens(), held.clock().instant())) {
            throw new IllegalArgumentException("cannot listen at " + host + ":" + port
                    + ": others than this host would reach it, and there is no token by which to tell them apart;"
                    + " make one with 'muster token create', or listen at 127.0.0.1");
        }
        Server jetty = server.jettyServer().server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        jetty.addConnector(connector);
        try {
            connector.start();
        } catch (Exception taken) {
            jetty.removeConnector(connector);
            throw new IOException(
                    "cannot listen at " + host + ":" + port + ": " + taken.getMessage()
                            + "; name another port with web.listen in farm.yaml, or none with 'listen: off'",
                    taken);
        }
        return connector.getLocalPort();
    }

    /** A code that signs a browser in as this host's own user, once. */
    public String signInCode() {
        return sessions.offer();
    }

    /** Something of the farm has changed that is not on the board. */
    public void changed() {
        changes.changed();
    }

    @Override
    public void close() {
        try {
            streams.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        changes.close();
        growth.close();
        server.stop();
    }
}
