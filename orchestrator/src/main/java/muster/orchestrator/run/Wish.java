package muster.orchestrator.run;

import java.time.Instant;
import java.util.function.Consumer;

/** A guest that is wanted: by an attempt that waits to be let in, until that is closed, or by one that is still to begin. */
final class Wish implements AutoCloseable {

    private final GuestKind kind;
    private final Boots.Order order;
    private final Capacity.Need need;
    private final Instant since;
    private final Consumer<Wish> closed;
    private boolean letIn;

    /** @param closed is told that it is wanted no more */
    Wish(Boots.Order order, Capacity.Need need, Instant since, Consumer<Wish> closed) {
        this.kind = GuestKind.of(order);
        this.order = order;
        this.need = need;
        this.since = since;
        this.closed = closed;
    }

    GuestKind kind() {
        return kind;
    }

    Boots.Order order() {
        return order;
    }

    Capacity.Need need() {
        return need;
    }

    Instant since() {
        return since;
    }

    /** Whether the attempt waits no more, and will claim its guest. */
    boolean isLetIn() {
        return letIn;
    }

    void letIn() {
        letIn = true;
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
