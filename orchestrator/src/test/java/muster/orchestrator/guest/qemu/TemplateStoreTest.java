package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.TemplateSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateStoreTest {

    private static final long SIZE = 512L << 20;
    private static final TemplateKey ONE = TemplateKey.of("one");
    private static final TemplateKey TWO = TemplateKey.of("two");
    private static final TemplateKey THREE = TemplateKey.of("three");

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> made = new ArrayList<>();

    @Test
    void aTemplateIsMadeOnceAndFoundByLaterOrchestrators() throws Exception {
        obtain(store(), ONE);
        obtain(store(), ONE);
        assertThat(made).containsExactly("work");
        assertThat(names()).containsExactlyInAnyOrder(ONE.digest(), ONE.digest() + ".lock", "boot");
    }

    @Test
    void whoComesWhileItIsMadeIsNotKeptWaiting() throws Exception {
        TemplateStore store = store();
        store.obtain(ONE, SIZE, (work, template) -> {
                    assertThatThrownBy(() -> obtain(store, ONE)).hasMessage("its template is just being made");
                    make(work, template);
                })
                .close();
        obtain(store, ONE);
        assertThat(made).hasSize(1);
    }

    @Test
    void theOneUsedLongestAgoGivesWayAndOneInUseDoesNot() throws Exception {
        TemplateStore store = store();
        obtain(store, ONE);
        obtain(store, TWO);
        obtain(store, ONE);
        obtain(store, THREE);
        assertThat(names()).contains(ONE.digest(), THREE.digest()).doesNotContain(TWO.digest());
        try (TemplateStore.Use _ = store.obtain(ONE, SIZE, this::make);
                TemplateStore.Use _ = store.obtain(THREE, SIZE, this::make)) {
            assertThatThrownBy(() -> obtain(store, TWO))
                    .isInstanceOf(NotResumed.class)
                    .hasMessageContaining("templates may hold 1024 MB")
                    .hasMessageContaining("1024 MB are in use");
        }
        assertThat(names()).contains(ONE.digest(), THREE.digest());
    }

    @Test
    void aTemplateThatWasChangedIsMadeAnew() throws Exception {
        obtain(store(), ONE);
        Files.writeString(folder.resolve(ONE.digest()).resolve(Template.MEMORY), "a guest was here");
        obtain(store(), ONE);
        assertThat(made).hasSize(2);
    }

    @Test
    void templatesOfAnEarlierBootOfTheHostAreForgotten() throws Exception {
        obtain(store(), ONE);
        Files.writeString(folder.resolve("boot"), "another");
        obtain(store(), TWO);
        assertThat(names()).contains(TWO.digest()).doesNotContain(ONE.digest());
    }

    @Test
    void whatAMakerThatDiedHasLeftIsRemoved() throws Exception {
        Path unfinished = Files.createDirectories(folder.resolve(ONE.digest() + ".new"));
        Files.writeString(unfinished.resolve("memory"), "half");
        store().cleanUp();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aTemplateThatCannotBeMadeIsNotTriedAgainByThisProcess() throws Exception {
        TemplateStore store = store();
        assertThatThrownBy(() -> store.obtain(ONE, SIZE, (work, template) -> {
                    throw new IOException("no SSH");
                }))
                .isInstanceOf(NotResumed.class)
                .hasMessage("its template could not be made: no SSH");
        assertThatThrownBy(() -> obtain(store, ONE)).hasMessageContaining("is no good: no SSH");
        assertThat(made).isEmpty();
        assertThat(names()).noneMatch(name -> name.endsWith(".new"));
        obtain(store(), ONE);
        assertThat(made).hasSize(1);
    }

    @Test
    void whoIsInterruptedWhileItMakesOneSaysNothingAboutIt() throws Exception {
        TemplateStore store = store();
        assertThatThrownBy(() -> store.obtain(ONE, SIZE, (work, template) -> {
                    Thread.currentThread().interrupt();
                    throw new IOException("closed by interrupt");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        obtain(store, ONE);
        assertThat(made).hasSize(1);
    }

    @Test
    void anImageThatCannotHaveOneIsRemembered() throws Exception {
        assertThatThrownBy(() -> store().obtain(ONE, SIZE, (work, template) -> {
                    throw NotResumed.lasting("its image knows nothing of it");
                }))
                .hasMessage("its image knows nothing of it");
        assertThatThrownBy(() -> obtain(store(), ONE)).hasMessage("its image knows nothing of it");
        assertThat(made).isEmpty();
    }

    @Test
    void withoutRoomThereAreNone() {
        TemplateStore store = new TemplateStore(new TemplateSpace(folder, 0), clock());
        assertThatThrownBy(() -> obtain(store, ONE)).hasMessageContaining("templates may hold 0 MB");
        assertThat(made).isEmpty();
    }

    private void obtain(TemplateStore store, TemplateKey key) throws NotResumed, InterruptedException {
        now = now.plus(Duration.ofMinutes(1));
        store.obtain(key, SIZE, this::make).close();
    }

    private void make(Path work, Path template) throws FarmFailed, IOException {
        made.add("work");
        assertThat(work).isEmptyDirectory();
        Files.createDirectory(template);
        for (String name : List.of(Template.MEMORY, Template.STATE, Template.DISK)) {
            Files.writeString(template.resolve(name), name);
        }
        Template.seal(template, "debian-12-0", SIZE, now);
    }

    private TemplateStore store() {
        return new TemplateStore(new TemplateSpace(folder, 2 * SIZE), clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private List<String> names() {
        return List.of(folder.toFile().list());
    }
}
