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
            }
        }
        List<Pattern> harmless = harmless(root, problems);
        problems.throwIfAny();
        Recipe recipe = new Recipe(
                name,
                root.string("architecture"),
                root.string("description"),
                bootstrap(root.section("source")),
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

    private static Recipe.Source bootstrap(Section source) {
        String type = source.string("type");
        if (!type.equals("bootstrap")) {
            throw new IllegalStateException("cannot read a source of type " + type + ": the schema accepts it");
        }
        List<Recipe.Archive> archives = source.sections("archives").stream()
                .map(archive -> new Recipe.Archive(
                        archive.string("uri"), archive.strings("suites"), archive.strings("components")))
                .toList();
        return new Recipe.Bootstrap(archives, source.flag("check-valid-until"));
    }
}
