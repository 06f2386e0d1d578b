package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** One command on one channel of a guest that is played: a virtual thread. */
final class PlayedCommand implements Command {

    private final PlayedShell shell;
    private final String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream error = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, words, closing) -> {};
    private @Nullable Thread running;

    PlayedCommand(PlayedShell shell, String command) {
        this.shell = shell;
        this.command = command;
    }

    @Override
    public void setInputStream(InputStream given) {
        in = given;
    }

    @Override
    public void setOutputStream(OutputStream given) {
        out = given;
    }

    @Override
    public void setErrorStream(OutputStream given) {
        error = given;
    }

    @Override
    public void setExitCallback(ExitCallback given) {
        exit = given;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        running = Thread.ofVirtual().name(command).start(this::run);
    }

    private void run() {
        int status;
        try {
            status = shell.run(command, in, out, error);
            out.flush();
            error.flush();
        } catch (IOException | InterruptedException gone) {
            return; // whoever asked has hung up
        }
        exit.onExit(status);
    }

    @Override
    public void destroy(ChannelSession channel) {
        Thread now = running;
        if (now != null) {
            now.interrupt();
        }
    }
}
