package muster.orchestrator.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.Recipe;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.MatrixFile;
import muster.orchestrator.config.Problems;
import muster.orchestrator.config.Section;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.config.Text;
import muster.orchestrator.config.TimeZones;
import muster.testsuites.Suite;

/** Resolves what a matrix file names, and gathers what is wrong with it. */
final class MatrixReader {

    private final Installation installation;
    private final FarmConfig farm;
    private final DriverCheck check;
    private final Problems problems = new Problems();
    private final List<String> remarks = new ArrayList<>();
    private final SortedMap<String, String> passedOver = new TreeMap<>();

    MatrixReader(Installation installation, FarmConfig farm, DriverCheck check) {
        this.installation = installation;
        this.farm = farm;
        this.check = check;
    }

    Matrix read(Path path, SortedMap<String, String> settings) throws ConfigError {
        MatrixFile file = MatrixFile.read(installation, path, settings);
        Section root = file.root();
        Section guest = root.optionalSection("guest").orElseGet(root::empty);
        Cell.Limits limits = limits(
                root,
                new Cell.Limits(
                        farm.limits().boot(),
                        farm.limits().suite(),
                        farm.limits().silence(),
                        farm.limits().retries(),
                        root.optionalSection("confirm")
                                .map(confirm -> confirm.whole("regressions"))
                                .orElse(0)));
        Cell.Shape shape = new Cell.Shape(
                guest.optional("memory", Sizes::parse).orElse(farm.guest().memoryBytes()),
                guest.optionalWhole("cpus").orElse(farm.guest().cpus()),
                root.flag("strict"),
                network(guest, Network.NONE));
        List<Matrix.Row> rows = rows(root, guest);
        List<Matrix.Column> columns = columns(root, shape, limits);
        Matrix.Origin origin = new Matrix.Origin(path, file.digest(), settings);
        Matrix whole = new Matrix(
                root.string("matrix"),
                root.string("description"),
                origin,
                root.optionalSection("schedule").map(this::schedule).orElse(null),
                channels(root),
                rows,
                columns,
                List.of(),
                remarks,
                passedOver);
        List<Exclusion> exclusions = exclusions(root, whole);
        problems.throwIfAny();
        Matrix matrix = whole.without(exclusions);
        if (matrix.cells().isEmpty()) {
            problems.add(root.keyPlace("exclude"), "every cell is excluded", "at least one that is left");
            problems.throwIfAny();
        }
        return matrix;
    }

    private Schedule schedule(Section section) {
        return new Schedule(
                section.text("cron"),
                TimeZones.read(section.text("zone"), "farm", farm.zone(), problems),
                Schedule.value(Schedule.Missed.class, section.string("missed")),
                Schedule.value(Schedule.Unfinished.class, section.string("unfinished")),
                section.optional("within", Durations::parse).orElse(null));
    }

    /** Those of the farm's channels that are told of its runs. */
    private List<String> channels(Section root) {
        Set<String> all = farm.notifies().channels().keySet();
        return !root.has("notify")
                ? List.copyOf(all)
                : root.texts("notify").stream()
                        .filter(name -> checkKnown(name, name.value(), "channel of farm.yaml", all))
                        .map(Text::value)
                        .toList();
    }

    /** The preferred drivers, without those that there are not. */
    private List<String> preferred(Section guest) {
        return guest.has("driver") ? known(guest.texts("driver")) : farm.guest().drivers();
    }

    private List<String> known(List<Text> drivers) {
        return drivers.stream()
                .filter(driver -> checkKnown(driver, driver.value(), "driver", installation.drivers()))
                .map(Text::value)
                .toList();
    }

    private List<Matrix.Row> rows(Section root, Section guest) throws ConfigError {
        boolean axis = root.has("drivers");
        if (axis && guest.has("driver")) {
            problems.add(
                    guest.keyPlace("driver"),
                    "both 'drivers' and 'guest.driver' say what runs the guests",
                    "'drivers' to run everything on each of them, or 'guest.driver' for the first that works");
        }
        List<String> drivers = axis ? known(root.texts("drivers")) : preferred(guest);
        Set<String> known = installation.recipeFiles().keySet();
        List<Matrix.Row> rows = new ArrayList<>();
        for (Text name : root.texts("distributions")) {
            if (checkKnown(name, name.value(), "distribution", known)) {
                recipe(name).ifPresent(recipe -> {
                    List<String> able = able(name, recipe, drivers);
                    (axis ? able : first(recipe, able)).forEach(driver -> rows.add(new Matrix.Row(recipe, driver)));
                });
            }
        }
        return rows;
    }

    /** The drivers that a distribution's recipe names too, in their order; none at all is a mistake. */
    private List<String> able(Text name, Recipe recipe, List<String> drivers) {
        List<String> able = drivers.stream().filter(recipe.drivers()::contains).toList();
        if (able.isEmpty() && !drivers.isEmpty()) {
            problems.add(
                    name.place(),
                    "no driver for '" + name.value() + "' among " + String.join(", ", drivers),
                    "a driver that its recipe names: " + String.join(", ", recipe.drivers()));
            return able;
        }
        drivers.stream()
                .filter(driver -> !able.contains(driver))
                .forEach(driver -> remarks.add(name.value() + " does not run on " + driver + ": its recipe names "
                        + String.join(", ", recipe.drivers())));
        return able;
    }

    /** The first that works here; where none does, the first, so that its cells say why they are refused. */
    private List<String> first(Recipe recipe, List<String> able) {
        if (able.size() < 2) {
            return able;
        }
        for (String driver : able) {
            Optional<String> why = check.whyNot(driver);
            if (why.isEmpty()) {
                return List.of(driver);
            }
            passedOver.put(driver, why.get());
            remarks.add(recipe.distribution() + " passes over " + driver + ": " + why.get());
        }
        return able.subList(0, 1);
    }

    private Optional<Recipe> recipe(Text name) {
        try {
            return installation.recipe(name.value()).map(file -> file.recipe());
        } catch (ConfigError error) {
            problems.addAll(error);
            return Optional.empty();
        }
    }

    private List<Matrix.Column> columns(Section root, Cell.Shape shape, Cell.Limits limits) throws ConfigError {
        Set<String> known = installation.suiteFiles().keySet();
        List<Matrix.Column> columns = new ArrayList<>();
        for (Map.Entry<String, Section> entry : root.sectionsByName("suites").entrySet()) {
            Text name = new Text(entry.getKey(), root.section("suites").keyPlace(entry.getKey()));
            if (checkKnown(name, name.value(), "suite", known)) {
                suite(name).ifPresent(suite -> columns.add(column(suite, entry.getValue(), shape, limits)));
            }
        }
        return columns;
    }

    private Optional<Suite> suite(Text name) {
        try {
            return installation.suite(name.value());
        } catch (ConfigError error) {
            problems.addAll(error);
            return Optional.empty();
        }
    }

    private Matrix.Column column(Suite suite, Section use, Cell.Shape shape, Cell.Limits limits) {
        if (limits.confirmations() > 0 && suite.commands().runCase() == null) {
            remarks.add(
                    "new failures of " + suite.name() + " stay unconfirmed: it names no run-case among its commands");
        }
        List<Suite.Variant> variants = new ArrayList<>();
        for (Text name : use.texts("variants")) {
            Suite.Variant variant = suite.variants().get(name.value());
            if (variant == null) {
                problems.addUnknown(
                        name.place(),
                        "variant of " + suite.name(),
                        name.value(),
                        suite.variants().keySet());
            } else {
                variants.add(variant);
            }
        }
        long memory = use.optional("memory", Sizes::parse).orElse(shape.memoryBytes());
        Long needed = suite.memoryBytes();
        Network network = network(use, shape.network());
        if (network != Network.NONE) {
            remarks.add("guests of " + suite.name() + " reach the farm's package mirrors, by HTTP, and "
                    + (network == Network.MIRROR
                            ? "nothing else"
                            : "by a proxy what is not of this host or its networks"));
        }
        return new Matrix.Column(
                suite,
                use.has("variants") ? variants : List.copyOf(suite.variants().values()),
                new Cell.Shape(
                        needed == null ? memory : Math.max(memory, needed), shape.cpus(), shape.strict(), network),
                limits(use, limits),
                shards(suite, use));
    }

    private static Network network(Section of, Network usual) {
        return of.optionalString("network").map(Network::ofWord).orElse(usual);
    }

    private int shards(Suite suite, Section use) {
        int shards = use.optionalWhole("shards").orElse(1);
        if (shards > 1 && !suite.shardable()) {
            problems.add(
                    use.keyPlace("shards"),
                    "the suite " + suite.name() + " cannot be split into shards",
                    "no shards, or a suite that says shardable: true");
        }
        return shards;
    }

    private static Cell.Limits limits(Section of, Cell.Limits usual) {
        return of.optionalSection("limits")
                .map(limits -> new Cell.Limits(
                        limits.optional("boot", Durations::parse).orElse(usual.boot()),
                        limits.optional("suite", Durations::parse).orElse(usual.suite()),
                        limits.optional("silence", Durations::parse).orElse(usual.silence()),
                        limits.optionalSection("retries")
                                .flatMap(retries -> retries.optionalWhole("infrastructure"))
                                .orElse(usual.retries()),
                        usual.confirmations()))
                .orElse(usual);
    }

    private List<Exclusion> exclusions(Section root, Matrix whole) {
        List<Exclusion> exclusions = new ArrayList<>();
        for (Section section : root.sections("exclude")) {
            Optional<Text> suite = section.optional("suite");
            String[] parts = suite.map(text -> text.value().split(":", 2)).orElse(new String[0]);
            Exclusion exclusion = new Exclusion(
                    section.optionalString("distribution").orElse(null),
                    parts.length > 0 ? parts[0] : null,
                    parts.length > 1 ? parts[1] : null,
                    section.optionalString("driver").orElse(null),
                    section.string("reason"));
            if (namesWhatIsThere(section, exclusion, root, whole)
                    && problems.isEmpty()
                    && whole.cells().stream().noneMatch(cell -> exclusion.matches(cell.key()))) {
                problems.add(
                        section.place(), "this exclusion excludes nothing", "an exclusion of a cell of this matrix");
            }
            exclusions.add(exclusion);
        }
        return exclusions;
    }

    private boolean namesWhatIsThere(Section section, Exclusion exclusion, Section root, Matrix whole) {
        boolean known = section.optional("distribution")
                .map(text ->
                        checkKnown(text, text.value(), "distribution of this matrix", root.strings("distributions")))
                .orElse(true);
        known &= section.optional("driver")
                .map(text -> checkKnown(text, text.value(), "driver", installation.drivers()))
                .orElse(true);
        String suite = exclusion.suite();
        if (suite != null) {
            Text text = section.text("suite");
            known &= checkKnown(
                    text,
                    suite,
                    "suite of this matrix",
                    root.sectionsByName("suites").keySet());
            String variant = exclusion.variant();
            List<String> variants = whole.columns().stream()
                    .filter(column -> column.suite().name().equals(suite))
                    .flatMap(column -> column.variants().stream().map(Suite.Variant::name))
                    .toList();
            if (known && variant != null && !variants.isEmpty()) {
                known = checkKnown(text, variant, "variant of " + suite, variants);
            }
        }
        return known;
    }

    private boolean checkKnown(Text text, String word, String what, Collection<String> known) {
        if (known.contains(word)) {
            return true;
        }
        problems.addUnknown(text.place(), what, word, known);
        return false;
    }
}
