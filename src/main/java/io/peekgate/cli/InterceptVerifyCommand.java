package io.peekgate.cli;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.LocalHost;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peekgate intercept verify}. */
@Command(name = "verify", description = "Tell what of the rules is missing, and exit with 1 then. Needs root.")
final class InterceptVerifyCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Host host = new LocalHost();
        List<String> missing = options.interception(host).missing(host);
        PrintWriter out = spec.commandLine().getOut();
        missing.forEach(part -> out.println("missing: " + part));
        out.flush();
        return missing.isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
    }
}
