package muster.orchestrator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Matrix;

/** All rows that there are: one line each. */
public final class GuestRows {

    private static final List<GuestRow> ALL = List.of(
            new TemplateRow(),
            ReadyRow.POOL,
            ReadyRow.CONTAINER,
            new IdleRow(),
            new BurstRow(),
            new CellsRow(),
            new DiskRow());

    private GuestRows() {}

    /**
     * What rows measure with.
     *
     * @param farm the farm
     * @param guests how they get guests
     * @param matrices how they read the matrices that are shipped
     */
    public record Place(HeldFarm farm, Guests guests, Matrices matrices) {}

    /** How rows get guests to measure. */
    @FunctionalInterface
    public interface Guests {
        /** Of a driver, made as cells get theirs. */
        BenchGuests on(String driver, Making making) throws FarmFailed, IOException, InterruptedException;
    }

    /** What the guests of a row are like. */
    public enum Making {
        /** As those of cells. */
        USUAL,
        /** Booted, whatever their driver can do. */
        STRICT,
        /** Booted with all that the distribution itself starts. */
        UNMODIFIED
    }

    /** How rows read matrices. */
    @FunctionalInterface
    public interface Matrices {
        Matrix read(String name, boolean strict) throws IOException, ConfigError;
    }

    public static List<GuestRow> all() {
        return ALL;
    }

    public static Optional<GuestRow> named(String name) {
        return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
    }
}
