package io.peekgate.cli;

import io.peekgate.rules.Proposal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peekgate propose}: from the access log of a gateway that observes to the rules that would let it all pass. */
@Command(
        name = "propose",
        description = "Print rules for what was seen, best by a gateway with policy.mode = observe. Look them over"
                + " before you use them: what was seen is not yet what should be.")
final class ProposeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "An access log in JSON (log.format = json); - is standard input, as is none.")
    private String file;

    @Option(
            names = "--fold",
            paramLabel = "K",
            defaultValue = "4",
            description = "From K siblings on, names become one wildcard; ${DEFAULT-VALUE} unless told.")
    private int fold;

    @Option(names = "--live", description = "From what the running gateway remembers, in place of a log.")
    private boolean live;

    @Mixin
    private LiveOptions gateway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (fold < 2) {
            throw new ParameterException(spec.commandLine(), "--fold " + fold + ": write 2 or more");
        }
        if (live && file != null) {
            throw new ParameterException(spec.commandLine(), "either FILE or --live");
        }
        return gateway.print(live ? gateway.api().text("GET", "/propose?fold=" + fold, "") : fromLog());
    }

    private String fromLog() throws IOException {
        Proposal proposal = new Proposal(fold);
        try (TextInput lines = TextInput.of(file == null ? "-" : file)) {
            return proposal.text(AccessLines.read(lines, proposal));
        } catch (AccessLines.Malformed wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
