package muster.orchestrator.guest.qemu;

import java.util.List;

/** What runs a guest's instructions. */
enum Accelerator {
    /** The host's processor, by the host's kernel. */
    KVM("kvm"),
    /** QEMU's translator, on any host. */
    TCG("tcg");

    /** The host's kernel's part of KVM. */
    static final String DEVICE = "/dev/kvm";

    private final String word;

    Accelerator(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /**
     * QEMU's options for it.
     *
     * @param translationBytes the ceiling of translated code, without which QEMU takes a gigabyte more than the guest has
     */
    List<String> options(long translationBytes) {
        return List.of(
                "-accel",
                switch (this) {
                    case KVM -> "kvm";
                    case TCG -> "tcg,thread=multi,tb-size=" + (translationBytes >> 20);
                });
    }
}
