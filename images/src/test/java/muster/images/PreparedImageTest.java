package muster.images;

import static muster.images.StoreFixture.daily;
import static muster.images.StoreFixture.withKernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedImageTest {

    @TempDir
    Path folder;

    private final AtomicInteger preparations = new AtomicInteger();
    private StoreFixture on;
    private BaseImage base;

    @BeforeEach
    void build() throws Exception {
        on = new StoreFixture(folder);
        base = on.obtain(daily());
    }

    @Test
    void preparedImageIsAChangedCopyOfItsBase() throws Exception {
        BaseImage prepared = on.store.prepared(base, "commands", "v1", this::addFolder);
        assertThat(prepared.name()).startsWith("debian-12-").isNotEqualTo(base.name());
        assertThat(prepared.manifest().parent()).isEqualTo(base.name());
        assertThat(prepared.manifest().suite()).isEqualTo("commands");
        assertThat(prepared.manifest().packages()).isEqualTo(base.manifest().packages());
        assertThat(on.store.verify(prepared)).isEmpty();
        assertThat(on.store.verify(base)).isEmpty();
        assertThat(on.leftovers()).isEmpty();
    }

    @Test
    void preparedImageHasTheKernelOfItsBase() throws Exception {
        BaseImage own = on.obtain(withKernel());
        BaseImage prepared = on.store.prepared(own, "commands", "v1", this::addFolder);
        assertThat(prepared.manifest().kernel()).isEqualTo(own.manifest().kernel());
        assertThat(Files.isSameFile(prepared.kernel(), own.kernel())).isTrue();
        assertThat(Files.isSameFile(prepared.initrd(), own.initrd())).isTrue();
        assertThat(on.store.verify(prepared)).isEmpty();
    }

    @Test
    void preparationIsDoneOnce() throws Exception {
        BaseImage prepared = on.store.prepared(base, "commands", "v1", this::addFolder);
        assertThat(on.store.prepared(base, "commands", "v1", this::addFolder)).isEqualTo(prepared);
        assertThat(preparations).hasValue(1);
    }

    @Test
    void otherPreparationOrSuiteIsAnotherImage() throws Exception {
        on.store.prepared(base, "commands", "v1", this::addFolder);
        on.store.prepared(base, "commands", "v2", this::addFolder);
        on.store.prepared(base, "posix", "v1", this::addFolder);
        assertThat(preparations).hasValue(3);
    }

    @Test
    void baseIsInUseWhileItIsPrepared() throws Exception {
        on.store.prepared(base, "commands", "v1", disk -> {
            assertThat(inUse()).isTrue();
            addFolder(disk);
        });
        assertThat(inUse()).isFalse();
    }

    @Test
    void failedPreparationPassesThroughAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> on.store.prepared(base, "commands", "v1", disk -> {
                    throw new TimeoutException("guest was silent");
                }))
                .isInstanceOf(TimeoutException.class);
        assertThat(on.leftovers()).isEmpty();
        assertThat(on.store.list()).containsExactly(base);
    }

    @Test
    void uncleanFileSystemIsRefused() {
        assertThatThrownBy(() -> on.store.prepared(base, "commands", "v1", disk -> {
                    try {
                        byte[] bytes = Files.readAllBytes(disk);
                        Arrays.fill(bytes, 1024 + 12, 1024 + 16, (byte) 7);
                        Files.write(disk, bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .isInstanceOf(ImageFailed.class)
                .hasMessageStartingWith("cannot prepare " + base.name())
                .hasMessageContaining("not clean");
    }

    private void addFolder(Path disk) throws InterruptedException {
        preparations.incrementAndGet();
        try {
            new Tools()
                    .runOrFail(
                            "add a folder",
                            new Tools.Call(
                                    List.of("debugfs", "-w", "-R", "mkdir added" + preparations, disk.toString()),
                                    folder,
                                    folder.resolve("debugfs.log")));
        } catch (ImageFailed e) {
            throw new AssertionError(e);
        }
    }

    private boolean inUse() {
        try {
            return ImageUses.inUse(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
