package muster.orchestrator.cli;

import picocli.CommandLine;

/** A verb that only gathers others, e.g. {@code muster images}. */
abstract class Group implements Runnable {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public final void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "cannot tell what to do: name one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
