package muster.orchestrator.log;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import muster.reports.Attempt;
import org.slf4j.MDC;

/**
 * Says in every line that is logged meanwhile for which attempt that is: {@code run}, {@code cell} and {@code attempt} of SLF4J's
 * mapped diagnostic context, which belongs to a thread. Whoever begins a thread for an attempt carries it over.
 */
public final class LogContext {

    private LogContext() {}

    /** What was said before is said again once this is closed, on the same thread. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on this thread works for an attempt. */
    public static Scope of(Attempt attempt) {
        return with(Map.of(
                "run",
                Long.toString(attempt.run()),
                "cell",
                attempt.cell().toString(),
                "attempt",
                Long.toString(attempt.id())));
    }

    private static Scope with(Map<String, String> context) {
        Map<String, String> before = now();
        MDC.setContextMap(context);
        return () -> MDC.setContextMap(before);
    }

    private static Map<String, String> now() {
        return Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    }

    /** The same work, done by another thread on behalf of what this one works for. */
    public static Runnable carried(Runnable work) {
        Map<String, String> context = now();
        return () -> {
            try (Scope _ = with(context)) {
                work.run();
            }
        };
    }

    /** The same. */
    public static <T> Callable<T> carried(Callable<T> work) {
        Map<String, String> context = now();
        return () -> {
            try (Scope _ = with(context)) {
                return work.call();
            }
        };
    }
}
