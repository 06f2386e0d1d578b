package muster.orchestrator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import muster.images.Recipe;

/** Reads {@code images/recipes/NAME.yaml}. */
final class RecipeReader {

    /** Drivers whose guests boot the distribution's own kernel. */
    private static final Set<String> BOOT_ITS_KERNEL = Set.of("qemu");

    private RecipeReader() {}

    /**
     * @param name what the recipe must be called
     * @param drivers all drivers that there are
     */
    static RecipeFile read(ConfigFile.Source source, String name, Set<String> drivers) throws ConfigError {
        ConfigFile file = ConfigFile.read(Schema.RECIPE, source);
        Section root = file.root();
        Problems problems = new Problems();
        Text distribution = root.text("distribution");
        if (!distribution.value().equals(name)) {
            problems.add(
                    distribution.place(),
                    "the recipe calls itself " + Words.quoted(distribution.value()),
                    "the file's name without its ending, " + name);
        }
        for (Text driver : root.texts("drivers")) {
            if (!drivers.contains(driver.value())) {
                problems.addUnknown(driver.place(), "driver", driver.value(), drivers);
            } else if (BOOT_ITS_KERNEL.contains(driver.value()) && !root.has("kernel")) {
                problems.add(
                        driver.place(),
                        "guests of " + driver.value()
                                + " boot the distribution's own kernel, and this recipe names none",
                        "a key 'kernel' with its package, such as linux-image-cloud-amd64, or other drivers");
            }
        }
        Recipe.Source made = source(root.section("source"), problems);
        List<Pattern> harmless = harmless(root, problems);
        problems.throwIfAny();
        Recipe recipe = new Recipe(
                name,
                root.string("architecture"),
                root.string("description"),
                made,
                root.strings("packages"),
                List.of(),
                root.optionalString("kernel").orElse(null),
                root.size("disk"),
                root.strings("drivers"),
                Recipe.Refresh.valueOf(root.string("refresh").replace('-', '_').toUpperCase(Locale.ROOT)),
                harmless);
        return new RecipeFile(recipe, source.file(), file.digest());
    }

    private static List<Pattern> harmless(Section root, Problems problems) {
        List<Pattern> patterns = new ArrayList<>();
        root.optionalSection("console")
                .ifPresent(console -> console.texts("harmless").forEach(text -> {
                    try {
                        patterns.add(Pattern.compile(text.value()));
                    } catch (PatternSyntaxException wrong) {
                        problems.add(
                                text.place(),
                                "the pattern " + Words.quoted(text.value()) + " is none: " + wrong.getDescription(),
                                "a regular expression of Java");
                    }
                }));
        return List.copyOf(patterns);
    }

    private static Recipe.Source source(Section source, Problems problems) {
        List<Recipe.Archive> archives = source.sections("archives").stream()
                .map(archive -> new Recipe.Archive(
                        archive.string("uri"), archive.strings("suites"), archive.strings("components")))
                .toList();
        boolean checkValidUntil = source.flag("check-valid-until");
        Text type = source.text("type");
        List<String> commandsOf = source.strings("commands-of");
        return switch (type.value()) {
            case "bootstrap" -> {
                if (!commandsOf.isEmpty()) {
                    problems.add(
                            source.keyPlace("commands-of"),
                            "'commands-of' says nothing of a source of type bootstrap",
                            "it only with type userland");
                }
                yield new Recipe.Bootstrap(archives, checkValidUntil);
            }
            case "userland" -> {
                if (commandsOf.isEmpty()) {
                    problems.add(type.place(), "missing key 'commands-of'", "the programs whose commands it has");
                }
                yield new Recipe.Userland(archives, checkValidUntil, commandsOf);
            }
            default ->
                throw new IllegalStateException(
                        "cannot read a source of type " + type.value() + ": the schema accepts it");
        };
    }
}
