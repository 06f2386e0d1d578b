package muster.orchestrator.guest;

/**
 * What {@link GuestDriverContract} has guests do to themselves. A fake guest knows these lines, word for word, and does as
 * much without running them: they would be done to the host.
 */
final class Deeds {

    static final String REBOOT = "systemctl reboot";
    static final String POWER_OFF = "systemctl poweroff";
    static final String PANIC = "echo c >/proc/sysrq-trigger";
    static final String END_SSH = "systemctl stop ssh; pkill -9 sshd";

    private Deeds() {}
}
