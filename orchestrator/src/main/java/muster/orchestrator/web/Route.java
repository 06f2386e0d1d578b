package muster.orchestrator.web;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import muster.reports.Role;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for.
 *
 * @param path in Javalin's words
 * @param needs what who asks must be, or null: anybody may
 * @param deed what it changes, for the audit log; empty where it changes nothing
 */
record Route(HandlerType method, String path, @Nullable Role needs, String deed, Handler handler) {

    static Route get(String path, @Nullable Role needs, Handler handler) {
        return new Route(HandlerType.GET, path, needs, "", handler);
    }

    static Route post(String path, @Nullable Role needs, String deed, Handler handler) {
        return new Route(HandlerType.POST, path, needs, deed, handler);
    }
}
