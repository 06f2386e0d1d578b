package muster.images;

import static muster.images.StoreFixture.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one store. */
class BuilderProcessTest {

    @TempDir
    Path folder;

    @TempDir
    Path signals;

    private StoreFixture on;
    private Process builder;

    @BeforeEach
    void startABuildInAnotherProcess() throws Exception {
        on = new StoreFixture(folder);
        builder = Builder.start(folder, signals.resolve("go"));
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(signals.resolve("started")));
    }

    @AfterEach
    void endIt() throws Exception {
        builder.destroyForcibly().waitFor();
    }

    @Test
    void killedBuildLeavesNothingInTheWay() throws Exception {
        long tool = Long.parseLong(Files.readString(signals.resolve("started")).strip());
        assertThat(on.leftovers()).isNotEmpty();
        assertThat(on.store.list()).isEmpty();

        builder.destroyForcibly().waitFor();
        await().atMost(20, TimeUnit.SECONDS)
                .until(() ->
                        ProcessHandle.of(tool).filter(ProcessHandle::isAlive).isEmpty());
        BaseImage image = on.obtain(daily());

        assertThat(on.store.verify(image)).isEmpty();
        assertThat(on.leftovers()).isEmpty();
    }

    @Test
    void buildOfAnotherProcessIsWaitedForAndUsed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BaseImage> second = threads.submit(() -> on.obtain(daily()));
            await().until(() -> on.heard.steps.contains("waiting for another build of it"));
            Files.writeString(signals.resolve("go"), "");
            assertThat(second.get(60, TimeUnit.SECONDS).disk()).exists();
        }
        assertThat(on.source.builds).hasValue(0);
        assertThat(on.store.list()).hasSize(1);
    }

    @Test
    void workOfALivingProcessIsNotSweptAway() throws Exception {
        on.obtain(StoreFixture.recipe("debian-13", Recipe.Refresh.DAILY));
        assertThat(on.leftovers()).isNotEmpty();
        Files.writeString(signals.resolve("go"), "");
        assertThat(builder.waitFor()).isZero();
        assertThat(signals.resolve("done")).exists();
    }
}
