package io.peekgate.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peekgate completion}: a script for the shell, to be sourced. */
@Command(
        name = "completion",
        description = "Print a completion script for the shell, to be used as in: source <(peekgate completion bash).")
final class CompletionCommand implements Runnable {
    /** The shells that the one script serves: zsh runs it through its bashcompinit. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell that is to complete.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String preamble = shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
        spec.commandLine()
                .getOut()
                .print(preamble + AutoComplete.bash("peekgate", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
