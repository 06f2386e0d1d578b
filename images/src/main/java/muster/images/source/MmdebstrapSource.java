package muster.images.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.images.BuildProgress;
import muster.images.ImageFailed;
import muster.images.ImageSource;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.SourceUnreachable;
import muster.images.Tools;

/**
 * Systems from the package archives of Debian and its like, by mmdebstrap: as root, or as an ordinary user with subordinate ids. The disk is
 * made from the tar without mounting anything.
 */
public final class MmdebstrapSource implements ImageSource {

    /** Raised when the code below, not its resources, changes what comes out. */
    private static final String VERSION = "mmdebstrap-1-";

    /** apt's line for a package that it would install: {@code Inst NAME [OLD] (VERSION ORIGIN [ARCHITECTURE])}. */
    private static final Pattern INST =
            Pattern.compile("^Inst (?<name>\\S+) (?:\\[\\S+] )?\\((?<version>\\S+) ", Pattern.MULTILINE);

    /** How apt says that an archive did not answer, or answered with something broken. */
    private static final Pattern UNREACHABLE = Pattern.compile(
            "Failed to fetch|Could not resolve|Could not connect|Connection (failed|timed out|refused)|Unable to connect"
                    + "|Temporary failure|Network is unreachable|no longer has a Release file|does not have a Release file");

    /** Names the file in a work folder that tells where mmdebstrap's tree is. */
    private static final String SCRATCH = "scratch";

    private final Mirrors mirrors;
    private final Tools tools;
    private final Making making;
    private final HostUser user;

    MmdebstrapSource(Mirrors mirrors, Tools tools, Making making) {
        this.mirrors = mirrors;
        this.tools = tools;
        this.making = making;
        this.user = HostUser.current();
    }

    @Override
    public String version() {
        return VERSION + GuestFiles.digest(making.files(), making.scripts()).substring(0, 12);
    }

    @Override
    public SortedMap<String, String> resolve(Recipe recipe, Path workFolder) throws ImageFailed, InterruptedException {
        String purpose = "resolve the packages of " + recipe.distribution();
        Path log = workFolder.resolve(LOG);
        Path simulated = workFolder.resolve("simulated.log");
        var words = mmdebstrap(recipe);
        words.addAll(List.of("--simulate", "--format=null"));
        words.addAll(target(recipe, "/dev/null"));
        int status = run(recipe, words, workFolder, simulated);
        String output = text(simulated);
        append(log, output);
        if (status != 0) {
            throw failure(purpose, status, simulated);
        }
        SortedMap<String, String> packages = parseSimulation(output);
        if (packages.isEmpty()) {
            throw new ImageFailed(
                    "cannot " + purpose + ": mmdebstrap named none; its log ends:\n" + Tools.tail(simulated));
        }
        return packages;
    }

    @Override
    public Built build(Recipe recipe, Path workFolder, BuildProgress progress)
            throws ImageFailed, InterruptedException {
        String purpose = "build " + recipe.distribution();
        for (String tool : List.of("mmdebstrap", "fakeroot", "tar", "mke2fs")) {
            tools.require(tool);
        }
        Path log = workFolder.resolve(LOG);
        Path overlay = workFolder.resolve("overlay.tar");
        Path root = workFolder.resolve("root.tar");
        try {
            GuestFiles.writeTar(overlay, making.files(), recipe.distribution(), upstreamSources(recipe.source()));
            progress.step("installing packages");
            var words = mmdebstrap(recipe);
            words.addAll(List.of("--format=tar", "--dpkgopt=force-unsafe-io"));
            words.addAll(making.hooks(recipe, overlay));
            words.addAll(target(recipe, root.toString()));
            int status = run(recipe, words, workFolder, log);
            if (status != 0) {
                throw failure(purpose, status, log);
            }
            progress.step("making the disk");
            makeDisk(purpose, recipe, workFolder);
            String kernel = recipe.kernel() == null ? null : KernelFiles.extract(root, workFolder);
            return new Built(DpkgStatus.ofArchive(root), kernel, true);
        } catch (IOException e) {
            throw new ImageFailed("cannot " + purpose + ": " + e.getMessage(), e);
        }
    }

    /** Name to version of all that apt would install. */
    static SortedMap<String, String> parseSimulation(String output) {
        var packages = new TreeMap<String, String>();
        Matcher matcher = INST.matcher(output);
        while (matcher.find()) {
            packages.put(matcher.group("name"), matcher.group("version"));
        }
        return packages;
    }

    private void makeDisk(String purpose, Recipe recipe, Path workFolder) throws ImageFailed, InterruptedException {
        try {
            Files.writeString(workFolder.resolve("mke2fs.conf"), GuestFiles.text("mke2fs.conf"));
        } catch (IOException e) {
            throw new ImageFailed("cannot " + purpose + ": " + e, e);
        }
        String script = "mkdir \"$TMPDIR/root\" && tar -x -p --numeric-owner -f root.tar -C \"$TMPDIR/root\""
                + " && mke2fs -q -t ext4 -d \"$TMPDIR/root\" disk.raw " + recipe.diskBytes() / 1024 + "k"
                + " && rm -r \"$TMPDIR/root\"";
        Path log = workFolder.resolve(LOG);
        int status = inScratch(recipe, workFolder, log, List.of("fakeroot", "sh", "-c", script));
        if (status != 0) {
            throw new ImageFailed("cannot " + purpose + ": making the disk ended with status " + status
                    + "; its log ends:\n" + Tools.tail(log));
        }
    }

    private List<String> mmdebstrap(Recipe recipe) {
        Recipe.Source source = recipe.source();
        var words = new ArrayList<>(List.of(
                "mmdebstrap",
                "--verbose",
                "--mode=" + user.mode(),
                "--variant=" + making.variant(),
                "--architectures=" + recipe.architecture(),
                "--include=" + String.join(",", packages(recipe))));
        words.addAll(making.setupHooks());
        if (!source.checkValidUntil() || !mirrors.checkValidUntil()) {
            words.add("--aptopt=Acquire::Check-Valid-Until \"false\"");
        }
        return words;
    }

    /** All that is asked for by name; a kernel's initial memory disk is made of busybox. */
    private List<String> packages(Recipe recipe) {
        var packages = new TreeSet<>(recipe.packages());
        packages.addAll(making.packages());
        packages.addAll(recipe.added());
        if (recipe.kernel() != null) {
            packages.addAll(List.of(recipe.kernel(), "busybox-static"));
        }
        return List.copyOf(packages);
    }

    /** The arguments that come last: the release, where to write, the archives. */
    private List<String> target(Recipe recipe, String file) {
        List<Recipe.Archive> archives = recipe.source().archives();
        var words = new ArrayList<>(List.of(archives.getFirst().suites().getFirst(), file));
        for (Recipe.Archive archive : archives) {
            words.addAll(lines(archive, mirrors.uri(archive.uri())));
        }
        return words;
    }

    private static String upstreamSources(Recipe.Source source) {
        var text = new StringBuilder();
        for (Recipe.Archive archive : source.archives()) {
            lines(archive, archive.uri()).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> lines(Recipe.Archive archive, String uri) {
        return archive.suites().stream()
                .map(suite -> "deb " + uri + " " + suite + " " + String.join(" ", archive.components()))
                .toList();
    }

    private static ImageFailed failure(String purpose, int status, Path log) throws ImageFailed {
        String message = "cannot " + purpose + ": mmdebstrap ended with status " + status + "; its log ends:\n"
                + Tools.tail(log);
        return UNREACHABLE.matcher(text(log)).find() ? new SourceUnreachable(message) : new ImageFailed(message);
    }

    private int run(Recipe recipe, List<String> words, Path workFolder, Path log)
            throws ImageFailed, InterruptedException {
        user.requireIds(tools);
        tools.require("mmdebstrap");
        var inNamespaces = new ArrayList<>(user.namespaces());
        inNamespaces.addAll(words);
        return inScratch(recipe, workFolder, log, inNamespaces);
    }

    /** Runs a program with a folder for a whole tree as its {@code TMPDIR}. */
    private int inScratch(Recipe recipe, Path workFolder, Path log, List<String> words)
            throws ImageFailed, InterruptedException {
        try {
            Path scratch = user.scratchFolder(workFolder);
            Files.writeString(workFolder.resolve(SCRATCH), scratch.toString());
            Map<String, String> environment = Map.of(
                    // Hooks of kernel packages make no initial memory disk then: ours is made instead.
                    "INITRD", "No",
                    "TMPDIR", scratch.toString(),
                    "MKE2FS_CONFIG", workFolder.resolve("mke2fs.conf").toString());
            try {
                return tools.run(new Tools.Call(words, workFolder, log, environment));
            } finally {
                discard(workFolder);
            }
        } catch (IOException e) {
            throw new ImageFailed("cannot build " + recipe.distribution() + ": " + e, e);
        }
    }

    @Override
    public void discard(Path workFolder) throws ImageFailed, InterruptedException {
        Path note = workFolder.resolve(SCRATCH);
        if (Files.exists(note)) {
            user.delete(Path.of(text(note)), workFolder, tools);
        }
    }

    private static String text(Path file) throws ImageFailed {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ImageFailed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void append(Path log, String text) throws ImageFailed {
        try {
            Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ImageFailed("cannot write " + log + ": " + e.getMessage(), e);
        }
    }
}
