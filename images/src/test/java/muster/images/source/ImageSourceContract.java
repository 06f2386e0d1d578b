package muster.images.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import muster.images.BuildProgress;
import muster.images.ImageFailed;
import muster.images.ImageSource;
import muster.images.Recipe;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every image source must do, for real. A source's test extends it and gives it something to build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImageSourceContract {

    @TempDir
    static Path folder;

    private final List<String> steps = new ArrayList<>();
    private Path work = Path.of("");
    private ImageSource.Built built = new ImageSource.Built(new TreeMap<>(), null, false);

    abstract ImageSource source();

    /** A recipe that this source can build here. */
    abstract Recipe recipe();

    /** The same with a package that no archive has. */
    abstract Recipe recipeOfUnknownPackage();

    /** The folder of the finished build, for further looks. */
    Path built() {
        return work;
    }

    @BeforeAll
    void build() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        built = source().build(recipe(), work, new BuildProgress() {
            @Override
            public void step(String what) {
                steps.add(what);
            }

            @Override
            public void note(String text) {
                throw new AssertionError(text);
            }
        });
    }

    @Test
    void versionStaysTheSame() {
        assertThat(source().version()).isNotBlank().isEqualTo(source().version());
    }

    @Test
    void buildLeavesRootArchiveDiskAndLog() throws IOException {
        assertThat(work.resolve("root.tar")).isNotEmptyFile();
        assertThat(Files.size(work.resolve("disk.raw"))).isEqualTo(recipe().diskBytes());
        assertThat(work.resolve(ImageSource.LOG)).isNotEmptyFile();
    }

    @Test
    void buildTellsItsSteps() {
        assertThat(steps).isNotEmpty();
    }

    @Test
    void builtPackagesAreThoseAskedForAndMore() {
        assertThat(built.packages()).containsKeys(recipe().packages().toArray(String[]::new));
        assertThat(built.packages().values()).doesNotContain("");
    }

    @Test
    void everyBuiltPackageWasResolvedAtItsVersion() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("resolve"));
        assertThat(source().resolve(recipe(), scratch)).containsAllEntriesOf(built.packages());
    }

    @Test
    void unknownPackageIsNamed() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("unknown"));
        assertThatThrownBy(() -> source().resolve(recipeOfUnknownPackage(), scratch))
                .isExactlyInstanceOf(ImageFailed.class)
                .hasMessageStartingWith("cannot ")
                .hasMessageContaining("no-such-package");
    }

    @Test
    void buildInterruptedEndsSoonWithAllThatItStarted() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("interrupted"));
        var outcome = new ArrayList<Throwable>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                source().build(recipe(), scratch, new SilentProgress());
            } catch (ImageFailed | InterruptedException e) {
                outcome.add(e);
            }
        });
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(scratch.resolve(ImageSource.LOG))
                        && Files.size(scratch.resolve(ImageSource.LOG)) > 0);
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        assertThat(outcome).singleElement().isInstanceOf(InterruptedException.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(commandLinesNaming(scratch)).isEmpty());
    }

    private static List<String> commandLinesNaming(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }
}
