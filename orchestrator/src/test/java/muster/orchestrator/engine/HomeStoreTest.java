package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.reports.ResultStore;
import muster.reports.store.CannotOpenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeStoreTest {

    @TempDir
    Path folder;

    @Test
    void aPasswordThatOthersMayReadIsRefused() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        FarmConfig config =
                configWith("store: { url: \"jdbc:postgresql://127.0.0.1:1/muster\", user: farm, password-file: "
                        + password + " }");
        assertThatThrownBy(() -> HomeStore.open(Home.open(folder), config, Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot use the store's password in " + password
                        + ": others than its owner may read or write it; chmod 600 it");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        FarmConfig config =
                configWith("store: { url: \"jdbc:postgresql://127.0.0.1:1/muster\", user: farm, password-file: "
                        + password + " }");
        assertThatThrownBy(() -> HomeStore.open(Home.open(folder), config, Clock.systemUTC()))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageStartingWith("cannot open the store at jdbc:postgresql://127.0.0.1:1/muster: ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void whoeverHasTheStoreForAMomentIsWaitedFor() throws Exception {
        Home home = Home.open(folder);
        FarmConfig config = configWith("");
        HomeStore.open(home, config, Clock.systemUTC()).close();
        CompletableFuture<ResultStore> opened;
        try (FileChannel file = FileChannel.open(home.store().resolve("results.mv.db"), StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            opened = CompletableFuture.supplyAsync(() -> {
                try {
                    return HomeStore.open(home, config, Clock.systemUTC());
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            assertThatThrownBy(() -> opened.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
        try (ResultStore store = opened.get(30, TimeUnit.SECONDS)) {
            assertThat(store.history().runs(1)).isEmpty();
        }
    }

    private FarmConfig configWith(String line) throws Exception {
        Files.writeString(folder.resolve("farm.yaml"), line + "\n");
        return new Installation(Installation.rootOf(".."), folder, Set.of("toybox"), Set.of("uml", "qemu")).farm();
    }
}
