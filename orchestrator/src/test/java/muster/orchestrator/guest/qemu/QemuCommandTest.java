package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.Manifest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.Seed;
import org.junit.jupiter.api.Test;

class QemuCommandTest {

    @Test
    void guestsReachNothingAndAreReachedThroughTheSandboxAlone() {
        assertThat(command(Accelerator.TCG, false, 1))
                .containsSubsequence("-netdev", "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:2222-10.0.2.15:22")
                .contains("-nodefaults", "-no-user-config", "-no-reboot");
    }

    @Test
    void aCloneIsThrownAwayAndADiskThatStaysIsWrittenWell() {
        assertThat(command(Accelerator.TCG, false, 1))
                .anySatisfy(word -> assertThat(word)
                        .startsWith("if=virtio,file=/box/clone.qcow2,format=qcow2,cache=unsafe,")
                        .contains("werror=report")
                        .endsWith("backing.file.filename=/img/disk.raw,backing.file.locking=off"));
        assertThat(command(Accelerator.TCG, true, 1))
                .contains("if=virtio,file=/img/disk.raw,format=raw,cache=writeback,discard=unmap,werror=report")
                .noneMatch(word -> word.contains("unsafe"));
    }

    @Test
    void whatTranslationKeepsIsBounded() {
        assertThat(command(Accelerator.TCG, false, 1)).containsSubsequence("-accel", "tcg,thread=multi,tb-size=64");
        assertThat(command(Accelerator.KVM, false, 1)).containsSubsequence("-accel", "kvm");
    }

    @Test
    void memoryAndProcessorsAreAsAskedFor() {
        assertThat(command(Accelerator.TCG, false, 3)).containsSubsequence("-m", "512M", "-smp", "3");
    }

    @Test
    void theKernelFindsItsDisksAndEndsWithItsPanic() {
        List<String> command = command(Accelerator.TCG, false, 1);
        assertThat(command.get(command.indexOf("-append") + 1).split(" "))
                .contains("root=/dev/vda", "muster.seed=/dev/vdb", "panic=-1", "console=ttyS0", "TERM=dumb")
                .contains("systemd.mask=systemd-udev-trigger.service");
    }

    @Test
    void aResumedGuestHasItsTemplatesMachineAndWritesToNothingOfIt() {
        List<String> making = command(Accelerator.TCG, false, 1, new Launch.Making(Path.of("/t")));
        Launch.Resumed resuming = new Launch.Resumed(
                new Template(Path.of("/t"), new Template.Facts("i", 1, Instant.EPOCH, new TreeMap<>())));
        List<String> resumed = command(Accelerator.TCG, false, 1, resuming);
        assertThat(making)
                .contains("memory-backend-file,id=memory,size=512M,mem-path=/template/memory,share=on")
                .contains("q35,memory-backend=memory");
        assertThat(resumed)
                .contains("memory-backend-file,id=memory,size=512M,mem-path=/template/memory,share=off")
                .endsWith("-incoming", "defer")
                .anySatisfy(word -> assertThat(word)
                        .startsWith("if=virtio,file=/box/clone.qcow2,")
                        .contains("backing.file.filename=/template/disk.qcow2")
                        .contains("backing.backing.file.filename=/img/disk.raw"));
        assertThat(devices(resumed)).isEqualTo(devices(making));
        assertThat(making.get(making.indexOf("-append") + 1)).contains("muster.renew=/dev/ttyS1");
        assertThat(command(Accelerator.TCG, false, 1)).noneMatch(word -> word.contains("muster.renew"));
        assertThat(resumed).as("translated code lies in small pages").contains("perl");
        assertThat(making).doesNotContain("perl");
        assertThat(command(Accelerator.KVM, false, 1, resuming)).doesNotContain("perl");
    }

    private static List<String> devices(List<String> command) {
        return command.stream()
                .filter(word -> !word.contains("/template/") && !word.contains("/box/clone"))
                .dropWhile(word -> !word.equals(QemuCommand.PROGRAM))
                .takeWhile(word -> !word.equals("-incoming"))
                .toList();
    }

    private static List<String> command(Accelerator accelerator, boolean writeThrough, int cpus) {
        return command(accelerator, writeThrough, cpus, new Launch.Cold());
    }

    private static List<String> command(Accelerator accelerator, boolean writeThrough, int cpus, Launch launch) {
        return new QemuCommand(QemuOptions.DEFAULTS, accelerator).forGuest(spec(true, writeThrough, cpus), launch);
    }

    /** @param renews whether its image says that it can take another identity while it runs */
    static GuestSpec spec(boolean renews, boolean writeThrough, int cpus) {
        Manifest manifest = new Manifest(
                "debian-12",
                "amd64",
                "",
                "",
                "",
                new TreeMap<>(),
                List.of(),
                "6.1",
                Instant.EPOCH,
                1,
                "",
                null,
                new TreeMap<>(),
                renews,
                null,
                null);
        BaseImage image = new BaseImage("debian-12-0", Path.of("/images/debian-12-0"), manifest);
        return new GuestSpec(
                "a:b:c@qemu",
                image,
                writeThrough,
                image.disk(),
                Path.of("/guest"),
                512L << 20,
                cpus,
                new Seed("guest", "", "", "", ""));
    }
}
