package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.images.BaseImage;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.images.source.ImageSources;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Images;
import muster.orchestrator.text.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster images}. */
@Command(
        name = "images",
        description = "Base images: lists, builds, verifies and removes them.",
        subcommands = {
            ImagesCommand.ListCommand.class,
            ImagesCommand.BuildCommand.class,
            ImagesCommand.VerifyCommand.class,
            ImagesCommand.GcCommand.class
        })
final class ImagesCommand extends Group {

    /** What the verbs below share. */
    abstract static class Verb implements Callable<Integer> {

        @CommandLine.ParentCommand
        ImagesCommand images;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        Installation installation() throws IOException, ConfigError {
            return Installations.of(Home.open(images.main.home));
        }

        ImageStore store() throws IOException, ConfigError {
            Mirrors mirrors = Mirrors.of(installation().farm().mirrors());
            Tools tools = new Tools();
            return new ImageStore(
                    Home.open(images.main.home).images(), ImageSources.all(mirrors, tools), tools, Clock.systemUTC());
        }

        /** The images with these names; all where none is named. */
        static List<BaseImage> named(List<BaseImage> all, List<String> names) throws Refusal {
            for (String name : names) {
                if (all.stream().noneMatch(image -> image.name().equals(name))) {
                    throw Refusal.usage("cannot find an image '" + name + "'; 'muster images list' names them");
                }
            }
            return names.isEmpty()
                    ? all
                    : all.stream().filter(image -> names.contains(image.name())).toList();
        }
    }

    /** {@code muster images list}. */
    @Command(name = "list", description = "Prints the images that are here.")
    static final class ListCommand extends Verb {

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            List<BaseImage> all = store().list();
            if (json) {
                List<Map<String, Object>> lines = new ArrayList<>();
                for (BaseImage image : all) {
                    Map<String, Object> line = new TreeMap<>();
                    line.put("image", image.name());
                    line.put("distribution", image.manifest().distribution());
                    line.put("builtAt", image.manifest().builtAt().toString());
                    line.put("diskBytes", image.manifest().diskBytes());
                    line.put("diskDigest", image.manifest().diskDigest());
                    line.put("packages", image.manifest().packages());
                    if (image.manifest().suite() != null) {
                        line.put("parent", image.manifest().parent());
                        line.put("suite", image.manifest().suite());
                    }
                    lines.add(line);
                }
                out().println(Words.JSON.writeValueAsString(lines));
                return ExitCode.GOOD;
            }
            Table table = new Table().row("image", "distribution", "built", "disk", "packages", "made for");
            for (BaseImage image : all) {
                String suite = image.manifest().suite();
                table.row(
                        image.name(),
                        image.manifest().distribution(),
                        image.manifest()
                                .builtAt()
                                .atZone(ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toLocalDateTime()
                                .toString(),
                        Sizes.format(image.manifest().diskBytes()),
                        Integer.toString(image.manifest().packages().size()),
                        suite == null
                                ? ""
                                : "suite " + suite + ", from "
                                        + image.manifest().parent());
            }
            table.lines(Terminals.width()).forEach(out()::println);
            return ExitCode.GOOD;
        }
    }

    /** {@code muster images build}. */
    @Command(
            name = "build",
            description = "Builds the images of distributions, where they are not here as they should be.")
    static final class BuildCommand extends Verb {

        @Parameters(paramLabel = "DISTRIBUTION", arity = "1..*", description = "Distributions, by name.")
        List<String> distributions = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            List<Recipe> recipes = new ArrayList<>();
            for (String name : distributions) {
                recipes.add(installation()
                        .recipe(name)
                        .orElseThrow(() -> Refusal.usage("cannot build '" + name
                                + "': no such distribution; the recipes are " + String.join(", ", known())))
                        .recipe());
            }
            ImageStore store = store();
            for (Recipe recipe : recipes) {
                PrintWriter err = spec.commandLine().getErr();
                BaseImage image = Images.build(store, recipe, err::println, err::println);
                out().println(image.name());
            }
            return ExitCode.GOOD;
        }

        private Set<String> known() {
            try {
                return installation().recipeFiles().keySet();
            } catch (IOException | ConfigError unreadable) {
                return Set.of("unreadable: " + unreadable.getMessage());
            }
        }
    }

    /** {@code muster images verify}. */
    @Command(name = "verify", description = "Reads images whole and compares them with their digests.")
    static final class VerifyCommand extends Verb {

        @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "Images, by name; all where none is named.")
        List<String> names = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            ImageStore store = store();
            int exit = ExitCode.GOOD;
            for (BaseImage image : named(store.list(), names)) {
                List<String> differences = store.verify(image);
                out().println(image.name() + (differences.isEmpty() ? ": good" : ":"));
                differences.forEach(line -> out().println("  " + line));
                if (!differences.isEmpty()) {
                    exit = ExitCode.BAD;
                }
            }
            return exit;
        }
    }

    /** {@code muster images gc}. */
    @Command(name = "gc", description = "Removes images that nobody needs; those in use and the newest stay.")
    static final class GcCommand extends Verb {

        @Option(names = "--dry-run", description = "Only says what would be removed.")
        boolean dryRun;

        @Option(names = "--keep", paramLabel = "IMAGE", description = "Keeps this image too; may be repeated.")
        List<String> keep = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            ImageStore store = store();
            named(store.list(), keep);
            List<ImageStore.Removed> removed = store.gc(Set.copyOf(keep), dryRun);
            long bytes = 0;
            for (ImageStore.Removed one : removed) {
                out().println((dryRun ? "would remove " : "removed ") + one.name() + ", " + Sizes.format(one.bytes()));
                bytes += one.bytes();
            }
            out().println("%d images, %s".formatted(removed.size(), Sizes.format(bytes)));
            return ExitCode.GOOD;
        }
    }
}
