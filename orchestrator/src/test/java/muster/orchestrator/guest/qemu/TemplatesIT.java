package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.images.BaseImage;
import muster.images.Mirrors;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Folders;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests that are resumed from one template are as different from it, and from each other, as guests that were booted. */
class TemplatesIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final BaseImage DEBIAN_12 = TestImages.debian12();
    private static final long MEMORY = 512L << 20;
    private static final int CLONES = 8;

    /** What two guests never have in common, by how it is asked for. */
    private static final Map<String, String> IDENTITY = Map.of(
            "nonce", "cat /run/muster/nonce",
            "hostname", "hostname; cat /etc/hostname; grep 127.0.1.1 /etc/hosts",
            "machine-id", "cat /etc/machine-id",
            "host key", "cat /etc/ssh/ssh_host_ed25519_key",
            "random numbers", "head -c 32 /dev/urandom | xxd -p -c 64",
            "random seed of systemd", "sha256sum </var/lib/systemd/random-seed");

    /** The same of a system without systemd and OpenSSH. */
    private static final Map<String, String> SMALL_IDENTITY = Map.of(
            "nonce", "cat /run/muster/nonce",
            "hostname", "hostname; cat /etc/hostname; grep 127.0.1.1 /etc/hosts",
            "host key", "sha256sum </run/muster/dropbear_host_key",
            "random numbers", "head -c 32 /dev/urandom | xxd -p -c 64");

    private final Clock clock = Clock.systemUTC();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path home;
    private FarmKey key;

    @BeforeEach
    void open() throws Exception {
        home = Files.createTempDirectory("m");
        key = FarmKey.open(home.resolve("keys"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        Folders.delete(home);
    }

    @Test
    void clonesOfOneTemplateHaveNothingInCommonThatGuestsMustNotShare() throws Exception {
        Templating templating = templating(MEMORY, clock);
        FirstBoot first = new FirstBoot(IDENTITY);
        List<Map<String, String>> identities = new ArrayList<>();
        for (int i = 0; i < CLONES; i++) {
            GuestSpec spec = spec("clone" + i, DEBIAN_12);
            Guest guest = resumed(templating, spec, first);
            Duration off;
            try (SshShell shell = connect(guest, spec.seed())) {
                identities.add(identity(shell, IDENTITY));
                off = clockOf(shell);
                assertThat(shell.run("journalctl --quiet --lines=1", LIMIT).output())
                        .isNotBlank();
                assertThat(shell.run("touch /root/mark && ls /root", LIMIT).output())
                        .isEqualTo("mark\n");
            }
            assertThat(off.abs()).isLessThan(Duration.ofSeconds(20));
            assertThat(guest.provenance()).containsKeys("guest.template", "guest.template.made");
        }
        assertThat(first.boots).isEqualTo(1);
        identities.add(first.identity);
        haveNothingInCommon(identities, IDENTITY);
        anotherDaysOrchestratorKeepsTheTemplate(first);
        aGuestInUseKeepsItsTemplateAndTheLastOneGone(templating, first);
    }

    @Test
    void clonesOfASmallSystemDoNeither() throws Exception {
        BaseImage small = TestImages.of("debian-13-busybox");
        Templating templating = templating(MEMORY, clock);
        FirstBoot first = new FirstBoot(SMALL_IDENTITY);
        List<Map<String, String>> identities = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            GuestSpec spec = spec(name, small);
            Guest guest = resumed(templating, spec, first);
            try (SshShell shell = connect(guest, spec.seed())) {
                identities.add(identity(shell, SMALL_IDENTITY));
                String seconds = shell.run("date +%s", LIMIT).output().strip();
                assertThat(Instant.ofEpochSecond(Long.parseLong(seconds)))
                        .isBetween(clock.instant().minusSeconds(20), clock.instant());
                assertThat(shell.run("command -v perl", LIMIT).ok())
                        .as("the userland has a Perl")
                        .isFalse();
            }
        }
        assertThat(first.boots).isEqualTo(1);
        identities.add(first.identity);
        haveNothingInCommon(identities, SMALL_IDENTITY);
    }

    private static void haveNothingInCommon(List<Map<String, String>> identities, Map<String, String> asked) {
        for (String what : asked.keySet()) {
            assertThat(identities).extracting(each -> each.get(what)).as(what).doesNotHaveDuplicates();
        }
    }

    /** And what is due daily does not take a clone's first moments: it has missed nothing. */
    private void anotherDaysOrchestratorKeepsTheTemplate(FirstBoot first) throws Exception {
        GuestSpec spec = spec("later", DEBIAN_12);
        Clock later = Clock.offset(clock, Duration.ofDays(8));
        try (Guest guest = templating(MEMORY, later).resume(spec, first);
                SshShell shell = connect(guest, spec.seed())) {
            assertThat(guest.provenance()).containsKey("guest.template");
            await().atMost(LIMIT)
                    .until(() -> shell.run("systemctl is-active timers.target", LIMIT)
                            .ok());
            assertThat(shell.run(
                                    "systemctl show --property=InactiveExitTimestampMonotonic "
                                            + "$(systemctl show --property=Triggers --value '*.timer')",
                                    LIMIT)
                            .output()
                            .lines()
                            .filter(line -> !line.isBlank()))
                    .as("when what timers start was started")
                    .hasSizeGreaterThan(2)
                    .containsOnly("InactiveExitTimestampMonotonic=0");
        }
        assertThat(first.boots).isEqualTo(1);
    }

    private void aGuestInUseKeepsItsTemplateAndTheLastOneGone(Templating templating, FirstBoot first) throws Exception {
        GuestSpec other = shaped(spec("other", DEBIAN_12), MEMORY / 2);
        assertThatThrownBy(() -> templating.resume(other, first))
                .isInstanceOf(NotResumed.class)
                .hasMessageContaining("no room for its template");
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        opened.clear();
        // What a guest could write to is used no more once it was written to.
        try (Stream<Path> templates = Files.list(home.resolve("t"))) {
            Path memory = templates
                    .map(each -> each.resolve(Template.MEMORY))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(memory, Files.getLastModifiedTime(memory));
        }
        assertThatThrownBy(() -> templating.resume(spec("after", DEBIAN_12), new NoBoot(first.seed())))
                .isInstanceOf(NotResumed.class)
                .hasMessageContaining("made anew");
        assertThat(home.resolve("t").toFile().list((folder, name) -> name.endsWith(".new")))
                .isEmpty();
    }

    private static Map<String, String> identity(SshShell shell, Map<String, String> asked)
            throws IOException, InterruptedException {
        Map<String, String> identity = new TreeMap<>();
        for (Map.Entry<String, String> each : asked.entrySet()) {
            String output = shell.run(each.getValue(), LIMIT).output();
            assertThat(output).as(each.getKey()).isNotBlank();
            identity.put(each.getKey(), output);
        }
        return identity;
    }

    private Duration clockOf(SshShell shell) throws IOException, InterruptedException {
        String time = shell.run("date +%s%3N", LIMIT).output().strip();
        return Duration.between(Instant.ofEpochMilli(Long.parseLong(time)), clock.instant());
    }

    private Guest resumed(Templating templating, GuestSpec spec, FirstBoot first) throws Exception {
        Guest guest = templating.resume(spec, first);
        opened.add(guest);
        return guest;
    }

    private SshShell connect(Guest guest, Seed seed) throws IOException, InterruptedException {
        return SshShell.connect(guest, seed, key, clock.instant().plus(LIMIT), clock);
    }

    private Templating templating(long bytes, Clock clock) {
        return new QemuDriver(
                        QemuOptions.DEFAULTS,
                        TestImages.KEPT.runtimes(),
                        new TemplateSpace(home.resolve("t"), bytes),
                        Mirrors.of(Map.of()),
                        clock)
                .templating()
                .orElseThrow();
    }

    private GuestSpec spec(String name, BaseImage image) throws IOException {
        Path folder = Files.createDirectory(home.resolve(name));
        return new GuestSpec(name, image, false, image.disk(), folder, MEMORY, 1, key.newSeed(name, name + "-nonce"));
    }

    private static GuestSpec shaped(GuestSpec spec, long memoryBytes) {
        return new GuestSpec(
                spec.label(), spec.image(), false, spec.disk(), spec.folder(), memoryBytes, 1, spec.seed());
    }

    /** Looks at a template's own guest before it is stopped. */
    private final class FirstBoot implements Templating.FirstBoot {
        private final Map<String, String> asked;
        private final Seed seed = key.newSeed("template", "template-nonce");
        private int boots;
        private Map<String, String> identity = Map.of();

        FirstBoot(Map<String, String> asked) {
            this.asked = asked;
        }

        @Override
        public Seed seed() {
            return seed;
        }

        @Override
        public void await(Guest guest) throws IOException, InterruptedException {
            boots++;
            try (SshShell shell = connect(guest, seed)) {
                identity = identity(shell, asked);
            }
        }
    }

    /** Fails as soon as it is asked for. */
    private record NoBoot(Seed seed) implements Templating.FirstBoot {
        @Override
        public void await(Guest guest) throws IOException {
            throw new IOException("made anew");
        }
    }
}
