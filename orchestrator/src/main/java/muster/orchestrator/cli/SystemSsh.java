package muster.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.images.Tools;
import muster.orchestrator.run.Entrance;

/**
 * Enters a guest by the host's own {@code ssh}, which knows terminals, over the guest's unix socket. Nothing of the
 * person's own SSH configuration is read; the guest's key is known, and no other is accepted.
 *
 * @param key the farm's private key
 * @param knownHosts a file for the guest's key, written here
 */
record SystemSsh(Path key, Path knownHosts) {

    private static final String GUEST = "guest";

    /**
     * Lets a person in and waits until they have left.
     *
     * @param terminal whether a terminal is given to a command too
     * @param command what is run there, one word a shell's line, several a program and its arguments; none for a shell
     * @return the exit status of what ran there; 255 when ssh could not get in
     */
    int enter(Entrance guest, boolean terminal, List<String> command)
            throws Refusal, IOException, InterruptedException {
        for (String program : List.of("ssh", "socat")) {
            if (!Tools.has(program)) {
                throw new Refusal(
                        ExitCode.INFRASTRUCTURE,
                        "cannot enter a guest: there is no " + program
                                + " on this host; as root: apt-get install --no-install-recommends -y openssh-client socat");
            }
        }
        Files.writeString(knownHosts, GUEST + " " + guest.hostKey() + "\n");
        Process ssh =
                new ProcessBuilder(words(guest, terminal, command)).inheritIO().start();
        try {
            return ssh.waitFor();
        } finally {
            ssh.destroy();
        }
    }

    List<String> words(Entrance guest, boolean terminal, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ssh", "-F", "none"));
        for (String option : List.of(
                "ProxyCommand=socat - "
                        + shell("UNIX-CONNECT:" + socat(guest.socket())).replace("%", "%%"),
                "UserKnownHostsFile=" + quoted(knownHosts),
                "GlobalKnownHostsFile=none",
                "StrictHostKeyChecking=yes",
                "HostKeyAlias=" + GUEST,
                "IdentityFile=" + quoted(key),
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "PreferredAuthentications=publickey",
                "EscapeChar=" + (terminal ? "~" : "none"),
                "LogLevel=ERROR")) {
            words.add("-o");
            words.add(option);
        }
        if (terminal && !command.isEmpty()) {
            words.add("-t");
        }
        words.add("root@" + GUEST);
        if (command.size() == 1) {
            words.add(command.getFirst());
        } else {
            command.forEach(word -> words.add(shell(word)));
        }
        return words;
    }

    /** A path as a value in ssh's configuration, where blanks and percent signs mean something. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("%", "%%") + '"';
    }

    /** A path in one of socat's addresses, where some characters mean something. */
    private static String socat(String path) {
        return path.replaceAll("[\\\\,:!\"'(){}\\[\\]]", "\\\\$0");
    }

    /** One word of a shell, whatever it holds. */
    private static String shell(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
