package muster.images;

import static muster.images.StoreFixture.daily;
import static muster.images.StoreFixture.recipe;
import static muster.images.StoreFixture.withKernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {

    @TempDir
    Path folder;

    private StoreFixture on;

    @BeforeEach
    void open() {
        on = new StoreFixture(folder);
    }

    @Test
    void imageIsNamedByTheDigestOfItsDisk() throws Exception {
        BaseImage image = on.obtain(daily());
        assertThat(image.name())
                .isEqualTo("debian-12-" + Digests.ofFile(image.disk()).substring(0, 12));
        assertThat(image.folder()).isEqualTo(folder.resolve(image.name()));
    }

    @Test
    void manifestSaysWhatWasBuilt() throws Exception {
        Manifest manifest = on.obtain(daily()).manifest();
        assertThat(manifest.distribution()).isEqualTo("debian-12");
        assertThat(manifest.packages()).isEqualTo(on.source.packages);
        assertThat(manifest.builder()).isEqualTo("fake-1");
        assertThat(manifest.builtAt()).isEqualTo(on.clock.instant());
        assertThat(manifest.diskBytes()).isEqualTo(1 << 20);
        assertThat(manifest.kernel()).isNull();
        assertThat(manifest.parent()).isNull();
        assertThat(on.store.list()).extracting(BaseImage::manifest).containsExactly(manifest);
    }

    @Test
    void publishedFilesAreReadOnly() throws Exception {
        BaseImage image = on.obtain(daily());
        try (Stream<Path> files = Files.list(image.folder())) {
            assertThat(files.toList())
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("r--r--r--"));
        }
    }

    @Test
    void changedRecipeIsAnotherImage() throws Exception {
        on.store.obtain(daily(), "one", on.heard);
        on.store.obtain(daily(), "two", on.heard);
        assertThat(on.source.builds).hasValue(2);
    }

    @Test
    void addedPackagesMakeAnotherImageThatNamesThem() throws Exception {
        BaseImage plain = on.obtain(daily());
        BaseImage made = on.obtain(daily().with(List.of("make", "gcc", "base")));
        assertThat(made.name()).startsWith("debian-12-").isNotEqualTo(plain.name());
        assertThat(made.manifest().added()).containsExactly("gcc", "make");
        assertThat(plain.manifest().added()).isEmpty();
    }

    @Test
    void plainAndAddedPackagesAreResolvedOnceInADayEach() throws Exception {
        Recipe plain = daily();
        Recipe more = plain.with(List.of("gcc"));
        for (int round = 0; round < 2; round++) {
            on.obtain(plain);
            on.obtain(more);
        }
        assertThat(on.source.resolutions).hasValue(2);
        assertThat(on.source.builds).hasValue(2);
    }

    @Test
    void changedBuilderIsAnotherImage() throws Exception {
        on.obtain(daily());
        on.source.version = "fake-2";
        on.obtain(daily());
        assertThat(on.source.builds).hasValue(2);
    }

    @Test
    void dailyIsResolvedOnceInADay() throws Exception {
        BaseImage image = on.obtain(daily());
        on.source.packages.put("base", "2");
        on.clock.move(Duration.ofHours(24).minusSeconds(1));
        assertThat(on.obtain(daily())).isEqualTo(image);
        assertThat(on.source.resolutions).hasValue(1);
    }

    @Test
    void dailyFindsNewPackagesTheNextDay() throws Exception {
        BaseImage image = on.obtain(daily());
        on.source.packages.put("base", "2");
        on.clock.move(Duration.ofHours(24));
        BaseImage next = on.obtain(daily());
        assertThat(next.name()).isNotEqualTo(image.name());
        assertThat(next.manifest().packages()).containsEntry("base", "2");
    }

    @Test
    void unchangedPackagesAreNotBuiltAgain() throws Exception {
        BaseImage image = on.obtain(daily());
        on.clock.move(Duration.ofDays(3));
        assertThat(on.obtain(daily())).isEqualTo(image);
        assertThat(on.source.resolutions).hasValue(2);
        assertThat(on.source.builds).hasValue(1);
    }

    @Test
    void removedImageIsBuiltAgainOnTheSameDay() throws Exception {
        BaseImage image = on.obtain(daily());
        WorkFolders.deleteTree(image.folder());
        assertThat(on.obtain(daily()).disk()).exists();
    }

    @Test
    void eachRunResolvesEachTime() throws Exception {
        Recipe recipe = recipe("debian-sid", Recipe.Refresh.EACH_RUN);
        on.obtain(recipe);
        on.obtain(recipe);
        assertThat(on.source.resolutions).hasValue(2);
        assertThat(on.source.builds).hasValue(1);
    }

    @Test
    void pinnedIsNeverResolvedAgain() throws Exception {
        Recipe recipe = recipe("debian-12", Recipe.Refresh.PINNED);
        BaseImage image = on.obtain(recipe);
        on.source.packages.put("base", "2");
        on.clock.move(Duration.ofDays(1000));
        assertThat(on.obtain(recipe)).isEqualTo(image);
        assertThat(on.source.resolutions).hasValue(1);
    }

    @Test
    void unreachableSourceReusesTheLastImageAndSaysSo() throws Exception {
        BaseImage image = on.obtain(daily());
        on.clock.move(Duration.ofDays(2));
        on.source.reachable = false;
        assertThat(on.obtain(daily())).isEqualTo(image);
        assertThat(on.heard.notes).singleElement().asString().contains(image.name(), "cannot reach the archive");
    }

    @Test
    void sourceUnreachableDuringTheBuildReusesTheLastImageToo() throws Exception {
        BaseImage image = on.obtain(daily());
        on.clock.move(Duration.ofDays(2));
        on.source.packages.put("base", "2");
        on.source.midway = () -> {
            throw new SourceUnreachable("cannot fetch base 2");
        };
        assertThat(on.obtain(daily())).isEqualTo(image);
        assertThat(on.heard.notes).singleElement().asString().contains("cannot fetch base 2");
        assertThat(on.leftovers()).isEmpty();
    }

    @Test
    void unreachableSourceWithoutAnImageFails() {
        on.source.reachable = false;
        assertThatThrownBy(() -> on.obtain(daily()))
                .isInstanceOf(ImageFailed.class)
                .hasMessageContainingAll("cannot reach the archive", "no earlier image");
    }

    @Test
    void failedBuildLeavesItsLogAndNothingElse() throws Exception {
        on.source.midway = () -> {
            throw new ImageFailed("cannot unpack");
        };
        Path log = folder.resolve(".work/debian-12.failed.log");
        assertThatThrownBy(() -> on.obtain(daily())).hasMessageContainingAll("cannot unpack", log.toString());
        assertThat(log).hasContent("half");
        assertThat(on.leftovers()).containsExactly(log);
        assertThat(on.store.list()).isEmpty();
    }

    @Test
    void interruptedBuildLeavesNothing() throws Exception {
        var building = new CountDownLatch(1);
        on.source.midway = () -> {
            building.countDown();
            new CountDownLatch(1).await();
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BaseImage> build = threads.submit(() -> on.obtain(daily()));
            building.await();
            threads.shutdownNow();
            assertThatThrownBy(build::get).hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(on.leftovers()).isEmpty();
        assertThat(on.store.list()).isEmpty();
    }

    @Test
    void twoThatWantTheSameImageGetOneBuild() throws Exception {
        var waiting = new CountDownLatch(1);
        on.source.midway = () -> waiting.await();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BaseImage> one = threads.submit(() -> on.obtain(daily()));
            Future<BaseImage> two = threads.submit(() -> on.obtain(daily()));
            await().until(() -> on.heard.steps.contains("waiting for another build of it"));
            waiting.countDown();
            assertThat(one.get()).isEqualTo(two.get());
        }
        assertThat(on.source.builds).hasValue(1);
    }

    @Test
    void differentImagesAreBuiltSideBySide() throws Exception {
        var both = new CyclicBarrier(2);
        on.source.midway = () -> meet(both);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var builds = new ArrayList<Future<BaseImage>>();
            for (String distribution : List.of("debian-12", "debian-13")) {
                builds.add(threads.submit(() -> on.obtain(recipe(distribution, Recipe.Refresh.DAILY))));
            }
            for (Future<BaseImage> build : builds) {
                assertThat(build.get().disk()).exists();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("the builds waited for one another", e);
        }
    }

    @Test
    void verifyFindsNothingInASoundImage() throws Exception {
        assertThat(on.store.verify(on.obtain(daily()))).isEmpty();
    }

    @Test
    void kernelLiesBesideTheDiskAndIsVerified() throws Exception {
        BaseImage image = on.obtain(withKernel());
        assertThat(image.manifest().kernel()).isEqualTo("6.1");
        assertThat(image.kernel()).hasContent("kernel");
        assertThat(on.store.verify(image)).isEmpty();
        Files.delete(image.kernel());
        Files.delete(image.initrd());
        Files.writeString(image.initrd(), "other modules");
        assertThat(on.store.verify(image))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).isEqualTo("vmlinuz is missing"))
                .anySatisfy(line -> assertThat(line).startsWith("initrd.img has SHA-256 "));
    }

    @Test
    void verifyFindsAFlippedByteAndSaysWhere() throws Exception {
        BaseImage image = on.obtain(daily());
        Files.setPosixFilePermissions(image.disk(), PosixFilePermissions.fromString("rw-------"));
        byte[] disk = Files.readAllBytes(image.disk());
        disk[disk.length / 2] ^= 1;
        Files.write(image.disk(), disk);
        assertThat(on.store.verify(image)).singleElement().asString().startsWith("disk.raw has SHA-256 ");
    }

    @Test
    void verifyMissesALostRootArchive() throws Exception {
        BaseImage image = on.obtain(daily());
        Files.delete(image.rootArchive());
        assertThat(on.store.verify(image)).containsExactly("root.tar.zst is missing");
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
