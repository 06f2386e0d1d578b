package muster.orchestrator.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster completion}: a script by which a shell completes verbs and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which your shell completes verbs and options.",
            "For bash: source <(muster completion bash)",
            "For zsh: autoload -U +X compinit && compinit; source <(muster completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that can be served: by one script. */
    enum Shell {
        BASH,
        ZSH
    }

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "${COMPLETION-CANDIDATES}; the script serves both.")
    Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        CommandLine whole = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash(whole.getCommandName(), whole));
        spec.commandLine().getOut().flush();
        return ExitCode.GOOD;
    }
}
