package io.peekgate.cli;

import io.peekgate.boot.Lookup;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.intercept.LocalHost;
import io.peekgate.intercept.doctor.Doctor;
import io.peekgate.intercept.doctor.Finding;
import io.peekgate.intercept.doctor.Gateway;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate doctor}: what keeps connections from coming to the gateway, or lets them pass by. */
@Command(
        name = "doctor",
        description = "Find what keeps connections from the gateway, or lets them pass by, and the command that mends"
                + " it. Changes nothing that stays; needs root. Exits with 1 if it finds something.")
final class DoctorCommand implements Callable<Integer> {
    /** It never exists (RFC 6761 section 6.4), so whoever says so answers. */
    private static final ServerName NOBODY = ServerName.of("doctor.peekgate.invalid");

    private static final Set<CloseReason> ANSWERS = Set.of(CloseReason.DNS_NXDOMAIN, CloseReason.DNS_NO_ADDRESS);

    @Mixin
    private ConfigOptions config;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.findings(gateway(config.load()), new LocalHost());
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? Findings.json(findings)
                        : Terminal.isOutput() ? Findings.table(findings) : Findings.tsv(findings));
        out.flush();
        return findings.isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private static Gateway gateway(ProxyConfig loaded) {
        return new Gateway(
                loaded.listeners().stream().map(DoctorCommand::door).toList(),
                loaded.relay().halfClosedTimeout(),
                loaded.connect().mark(),
                loaded.limits().connections(),
                () -> dnsTrouble(loaded));
    }

    private static Gateway.Door door(ListenerConfig listener) {
        return new Gateway.Door(
                listener.name(),
                listener.bind().getPort(),
                listener.bind().getAddress().isAnyLocalAddress(),
                listener.sources().stream().anyMatch(source -> source.equals("any") || source.endsWith("/0")),
                listener.capture() != ListenerConfig.Capture.NONE,
                listener.capture() == ListenerConfig.Capture.TPROXY);
    }

    private static Optional<String> dnsTrouble(ProxyConfig loaded) {
        try {
            Lookup.of(loaded).resolve(new Target.Named(NOBODY, 443, false));
            return Optional.empty();
        } catch (Refusal refusal) {
            return ANSWERS.contains(refusal.reason()) ? Optional.empty() : Optional.of(refusal.detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (TimeoutException e) {
            return Optional.of(e.getMessage());
        }
    }
}
