package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What can be asked, described for programs. */
final class DescriptionRoutes {

    List<Route> routes() {
        return List.of(Route.get(HomeApi.API + "/openapi.json", null, this::description));
    }

    private void description(Context request) {
        request.contentType("application/json").result(read());
    }

    /** OpenAPI 3.1. */
    static byte[] read() {
        try (InputStream in = Objects.requireNonNull(DescriptionRoutes.class.getResourceAsStream("openapi.json"))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the resource openapi.json", broken);
        }
    }
}
