package muster.reports.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import muster.reports.Archives;
import muster.reports.AuditLog;
import muster.reports.Comparison;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.Retention;
import muster.reports.Tokens;
import muster.reports.Waivers;

/**
 * A store whose callers may be interrupted at any time: whatever is asked of it runs on a thread of its own to its end, and the
 * caller is still interrupted then. An interrupt would close the file under an embedded database, which opens it again and
 * forgets the interrupt, or the connection to a database server.
 */
public final class UninterruptedStore {

    /** What a store hands out, by which it is asked in its place. */
    private static final Set<Class<?>> PARTS = Set.of(
            History.class,
            Comparison.class,
            Waivers.class,
            Retention.class,
            Tokens.class,
            AuditLog.class,
            Archives.class);

    private UninterruptedStore() {}

    /** Closing it closes the other, once all that was asked has been answered. */
    public static ResultStore of(ResultStore store) {
        return guard(ResultStore.class, store, Executors.newVirtualThreadPerTaskExecutor());
    }

    private static <T> T guard(Class<T> type, Object guarded, ExecutorService threads) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Guard(guarded, threads)));
    }

    private record Guard(Object guarded, ExecutorService threads) implements InvocationHandler {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (PARTS.contains(method.getReturnType())) {
                return guard(method.getReturnType(), call(method, arguments), threads);
            }
            if (method.getDeclaringClass().equals(Object.class)) {
                return call(method, arguments);
            }
            if (method.getName().equals("close") && arguments == null) {
                threads.close();
                return call(method, arguments);
            }
            Future<Object> answer = threads.submit(() -> method.invoke(guarded, arguments));
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return answer.get();
                    } catch (InterruptedException later) {
                        interrupted = true;
                    } catch (ExecutionException failed) {
                        throw failed.getCause() instanceof InvocationTargetException thrown
                                ? thrown.getCause()
                                : failed.getCause();
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(guarded, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }
}
