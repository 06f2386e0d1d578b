package muster.orchestrator.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whether this user may make the namespaces that guests are kept in: makes them. */
record NamespacesCheck(Host host) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> SANDBOX =
            List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true");
    private static final List<String> BARE = List.of("unshare", "--user", "--map-root-user", "true");

    @Override
    public String name() {
        return "namespaces";
    }

    @Override
    public Finding look() throws InterruptedException {
        boolean sandbox = host.has("bwrap");
        Host.Said said = host.run(LIMIT, sandbox ? SANDBOX : BARE);
        if (said.ok()) {
            return Finding.fine(
                    sandbox
                            ? "a sandbox like those of guests was made, without network"
                            : "user namespaces are allowed (without bwrap no more was tried)");
        }
        return Finding.broken(
                "this kernel gives " + host.user() + " no namespaces, which guests are kept in: "
                        + said.output().lines().findFirst().orElse("exit status " + said.status()),
                mend());
    }

    private String mend() {
        if (says("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
            return "as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
        }
        if (says("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
            return "as root: sysctl -w kernel.unprivileged_userns_clone=1";
        }
        if (says("/proc/sys/user/max_user_namespaces", "0")) {
            return "as root: sysctl -w user.max_user_namespaces=10000";
        }
        return "allow the system call unshare (a chroot forbids it, a container mostly: for Docker --security-opt"
                + " seccomp=unconfined)";
    }

    private boolean says(String file, String value) {
        return host.text(Path.of(file)).map(String::strip).filter(value::equals).isPresent();
    }
}
