package muster.orchestrator.web;

import io.javalin.http.HttpStatus;

/**
 * Why something is not answered, as RFC 9457 has it.
 *
 * @param type what kind of problem, an address; {@code about:blank}: its status says it all
 * @param title of the kind
 * @param status of HTTP
 * @param detail for people: what cannot be done, why, what to do
 */
public record Problem(String type, String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getMessage(), status.getCode(), detail);
    }

    /** Thrown where a request cannot be answered. */
    static final class Met extends RuntimeException {

        private final transient Problem problem;

        Met(HttpStatus status, String detail) {
            super(detail);
            this.problem = Problem.of(status, detail);
        }

        Problem problem() {
            return problem;
        }
    }

    static Met noSuch(String what) {
        return new Met(HttpStatus.NOT_FOUND, "cannot find " + what);
    }
}
