package io.peekgate.cli;

import io.peekgate.config.RuleConfig;
import io.peekgate.rules.Proposal;
import io.peekgate.rules.RuleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
            defaultValue = "-",
            description = "An access log in JSON (log.format = json); - is standard input.")
    private String file;

    @Option(
            names = "--fold",
            paramLabel = "K",
            defaultValue = "4",
            description = "From K siblings on, names become one wildcard; ${DEFAULT-VALUE} unless told.")
    private int fold;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (fold < 2) {
            throw new ParameterException(spec.commandLine(), "--fold " + fold + ": write 2 or more");
        }
        Proposal proposal = new Proposal(fold);
        long skipped;
        try (TextInput lines = TextInput.of(file)) {
            skipped = AccessLines.read(lines, proposal);
        } catch (AccessLines.Malformed wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        print(proposal.rules(), skipped);
        return ExitCode.FINE;
    }

    private void print(List<RuleConfig> rules, long skipped) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "# Proposed from what passed; " + skipped + " lines without a name, or dropped or failed, left out.");
        out.println("peekgate.policy {");
        RuleText.rules(rules).lines().forEach(line -> out.println("  " + line));
        out.println("}");
        out.flush();
    }
}
