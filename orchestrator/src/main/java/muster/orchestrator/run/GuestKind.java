package muster.orchestrator.run;

import java.nio.file.Path;
import muster.orchestrator.matrix.Cell;

/** One guest of a kind in which nothing has run is as good as another. */
record GuestKind(String driver, String image, Path disk, Cell.Shape shape) {
    static GuestKind of(Boots.Order order) {
        return new GuestKind(order.driver(), order.image().name(), order.disk(), order.shape());
    }
}
