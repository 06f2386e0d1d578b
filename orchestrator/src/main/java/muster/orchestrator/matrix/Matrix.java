package muster.orchestrator.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import muster.images.Recipe;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.reports.CellKey;
import muster.testsuites.Suite;
import org.jspecify.annotations.Nullable;

/**
 * A matrix file, with everything that it names resolved.
 *
 * @param name what it is called
 * @param description one line for people, or empty
 * @param origin where it comes from
 * @param schedule when it is run by itself, or null for never
 * @param channels those of the farm's channels that are told of its runs
 * @param rows the distributions, in the file's order
 * @param columns the suites, in the file's order
 * @param exclusions what is left out
 * @param remarks what was settled about drivers, a sentence each: which was passed over, what none can run
 * @param passedOver drivers that were asked for and do not work on this host, to the reason
 */
public record Matrix(
        String name,
        String description,
        Origin origin,
        @Nullable Schedule schedule,
        List<String> channels,
        List<Row> rows,
        List<Column> columns,
        List<Exclusion> exclusions,
        List<String> remarks,
        SortedMap<String, String> passedOver) {

    /**
     * Where a matrix comes from.
     *
     * @param file the file
     * @param digest SHA-256 of the file, in hex
     * @param settings what {@code --set} changed, empty in a plain run
     */
    public record Origin(Path file, String digest, SortedMap<String, String> settings) {}

    /**
     * A distribution, and the driver that runs it: the first of the preferred ones that can, or one of those that are an
     * axis.
     */
    public record Row(Recipe recipe, String driver) {}

    /** A suite, its variants that are run, what its guests are like, and how many of them share its cases. */
    public record Column(Suite suite, List<Suite.Variant> variants, Cell.Shape guest, Cell.Limits limits, int shards) {}

    /** The same with those exclusions. */
    Matrix without(List<Exclusion> excluded) {
        return new Matrix(name, description, origin, schedule, channels, rows, columns, excluded, remarks, passedOver);
    }

    /**
     * Reads a matrix file.
     *
     * @param settings dotted path of keys to a value in YAML, laid over the file: {@code limits.suite} to {@code 10s}
     * @param installation what it can speak of
     * @param farm what holds where it says nothing
     * @throws ConfigError with all mistakes, in it and in the recipes and suites that it names
     */
    public static Matrix read(Path file, SortedMap<String, String> settings, Installation installation, FarmConfig farm)
            throws ConfigError {
        return read(file, settings, installation, farm, DriverCheck.TRUSTING);
    }

    /**
     * The same, with the drivers settled for a host.
     *
     * @param check asked of every driver among which there is a choice
     */
    public static Matrix read(
            Path file,
            SortedMap<String, String> settings,
            Installation installation,
            FarmConfig farm,
            DriverCheck check)
            throws ConfigError {
        return new MatrixReader(installation, farm, check).read(file, settings);
    }

    /** All its cells, by distribution, then suite, then variant, in the file's order. Two of them never share a key. */
    public List<Cell> cells() {
        return cells(cell -> exclusions.stream().noneMatch(exclusion -> exclusion.matches(cell.key())));
    }

    /**
     * Those of them that are asked for.
     *
     * @throws ConfigError when a selector matches none
     */
    public List<Cell> cells(Selector only) throws ConfigError {
        List<Cell> all = cells();
        List<CellKey> keys = only.select(all.stream().map(Cell::key).toList());
        return all.stream().filter(cell -> keys.contains(cell.key())).toList();
    }

    /** The cells that there would be if nothing were excluded, and are. */
    public List<Cell> excluded() {
        return cells(cell -> exclusions.stream().anyMatch(exclusion -> exclusion.matches(cell.key())));
    }

    private List<Cell> cells(Predicate<Cell> wanted) {
        List<Cell> cells = new ArrayList<>();
        for (Row row : rows) {
            for (Column column : columns) {
                for (Suite.Variant variant : column.variants()) {
                    CellKey key = new CellKey(
                            row.recipe().distribution(), column.suite().name(), variant.name(), row.driver());
                    Cell cell = new Cell(key, row.recipe(), column.suite(), variant, column.guest(), column.limits())
                            .sharded(column.shards());
                    if (wanted.test(cell)) {
                        cells.add(cell);
                    }
                }
            }
        }
        return cells;
    }
}
