package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.home.Home;
import muster.orchestrator.notify.Notifications;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster notify}: tries the channels. */
@Command(
        name = "notify",
        description = "Sends a message to the channels of farm.yaml, so that one sees whether they work.")
final class NotifyCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "CHANNEL", arity = "0..*", description = "Only these channels; all where none is named.")
    List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException, ConfigError, InterruptedException {
        FarmConfig.Notify notify = Installations.of(Home.open(main.home)).farm().notifies();
        List<Channel> channels = names.isEmpty() ? List.copyOf(notify.channels().values()) : named(notify);
        PrintWriter out = spec.commandLine().getOut();
        if (notify.channels().isEmpty()) {
            out.println("farm.yaml has no channels under notify: nobody is told what happens");
        }
        boolean bad = false;
        for (Channel channel : channels) {
            try {
                Notifications.tryOut(channel, Clock.systemUTC());
                out.println(channel.name() + ": told");
            } catch (IOException failed) {
                bad = true;
                out.println(channel.name() + ": " + Words.line(String.valueOf(failed.getMessage())));
            }
        }
        return bad ? ExitCode.INFRASTRUCTURE : ExitCode.GOOD;
    }

    private List<Channel> named(FarmConfig.Notify notify) {
        List<Channel> channels = new ArrayList<>();
        for (String name : names) {
            Channel channel = notify.channels().get(name);
            if (channel == null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "cannot tell '" + name + "': farm.yaml has no such channel under notify, only "
                                + String.join(", ", notify.channels().keySet()));
            }
            channels.add(channel);
        }
        return channels;
    }
}
