package muster.images;

import static muster.images.StoreFixture.daily;
import static muster.images.StoreFixture.recipe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGcTest {

    @TempDir
    Path folder;

    @TempDir
    Path guests;

    private StoreFixture on;
    private BaseImage old;
    private BaseImage current;

    @BeforeEach
    void buildTwice() throws Exception {
        on = new StoreFixture(folder);
        old = on.obtain(daily());
        on.clock.move(Duration.ofDays(2));
        on.source.packages.put("base", "2");
        current = on.obtain(daily());
    }

    @Test
    void supersededImageIsRemovedAndItsSizeTold() throws Exception {
        List<ImageStore.Removed> removed = on.store.gc(Set.of(), false);
        assertThat(removed).singleElement().satisfies(image -> {
            assertThat(image.name()).isEqualTo(old.name());
            assertThat(image.bytes()).isBetween(1L << 10, 2L << 20);
        });
        assertThat(on.store.list()).containsExactly(current);
        assertThat(on.leftovers()).isEmpty();
    }

    @Test
    void dryRunTellsTheSameAndRemovesNothing() throws Exception {
        List<ImageStore.Removed> would = on.store.gc(Set.of(), true);
        assertThat(on.store.list()).containsExactly(current, old);
        assertThat(on.store.gc(Set.of(), false)).isEqualTo(would);
    }

    @Test
    void newestOfEveryDistributionStays() throws Exception {
        on.clock.move(Duration.ofDays(2));
        BaseImage other = on.obtain(recipe("debian-13", Recipe.Refresh.DAILY));
        on.store.gc(Set.of(), false);
        assertThat(on.store.list()).containsExactly(other, current);
    }

    @Test
    void newestOfTheSamePackagesAddedStays() throws Exception {
        BaseImage first = on.obtain(daily().with(List.of("make", "gcc")));
        on.clock.move(Duration.ofDays(2));
        on.source.packages.put("base", "3");
        BaseImage second = on.obtain(daily().with(List.of("gcc", "make")));
        assertThat(on.store.gc(Set.of(), false))
                .extracting(ImageStore.Removed::name)
                .containsExactlyInAnyOrder(old.name(), first.name());
        assertThat(on.store.list()).containsExactly(second, current);
    }

    @Test
    void namedImageStays() throws Exception {
        assertThat(on.store.gc(Set.of(old.name()), false)).isEmpty();
    }

    @Test
    void imageInUseStaysUntilItIsClosed() throws Exception {
        DiskClone clone = on.store.use(old, guests);
        assertThat(on.store.gc(Set.of(), false)).isEmpty();
        clone.close();
        clone.close();
        assertThat(on.store.gc(Set.of(), false)).hasSize(1);
    }

    @Test
    void imageInUseStaysUntilTheGuestsFolderIsGone() throws Exception {
        Path guest = Files.createDirectory(guests.resolve("guest"));
        on.store.use(old, guest);
        assertThat(new StoreFixture(folder).store.gc(Set.of(), false)).isEmpty();
        Files.delete(guest);
        assertThat(on.store.gc(Set.of(), false)).hasSize(1);
    }

    @Test
    void useTakenUpAgainIsTheSameUse() throws Exception {
        on.store.use(old, guests);
        on.store.use(old, guests).close();
        assertThat(on.store.gc(Set.of(), false)).hasSize(1);
    }

    @Test
    void removedImageCannotBeUsed() throws Exception {
        on.store.gc(Set.of(), false);
        assertThatThrownBy(() -> on.store.use(old, guests))
                .isInstanceOf(ImageFailed.class)
                .hasMessageStartingWith("cannot use image " + old.name());
    }

    @Test
    void preparedImagesGoWithTheirBaseAndWithTheirSuccessor() throws Exception {
        BaseImage ofOld = prepared(old, "v1");
        BaseImage first = prepared(current, "v1");
        BaseImage second = prepared(current, "v2");
        assertThat(on.store.gc(Set.of(), false))
                .extracting(ImageStore.Removed::name)
                .containsExactlyInAnyOrder(old.name(), ofOld.name(), first.name());
        assertThat(on.store.list()).containsExactlyInAnyOrder(current, second);
    }

    private BaseImage prepared(BaseImage base, String digest) throws Exception {
        on.clock.move(Duration.ofMinutes(1));
        return on.store.prepared(
                base,
                "commands",
                digest,
                disk -> new Tools()
                        .runOrFail(
                                "add a folder",
                                new Tools.Call(
                                        List.of("debugfs", "-w", "-R", "mkdir " + digest, disk.toString()),
                                        folder,
                                        guests.resolve("debugfs.log"))));
    }
}
