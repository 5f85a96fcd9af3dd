package io.peekgate.cli;

import io.peekgate.config.ProxyConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code peekgate healthcheck}: whether the running gateway takes connections, for whoever starts and stops it. */
@Command(
        name = HealthProbe.COMMAND,
        description =
                "Ask the running gateway whether it takes connections; 0 if it does, 1 if it drains or is not there."
                        + " With --at alone no file is read, which is faster.")
final class HealthcheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = HealthProbe.AT,
            paramLabel = "HOST:PORT",
            description = "Where metrics.bind or admin.bind is; else the configuration says it.")
    private String at;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (at == null) {
            InetSocketAddress address = configured(config.load());
            return HealthProbe.ask(address.getAddress().getHostAddress(), address.getPort());
        }
        return HealthProbe.ask(at)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "\"" + at + "\" is no host and port; write 127.0.0.1:9464"));
    }

    private static InetSocketAddress configured(ProxyConfig config) {
        return ApiClient.reachable(config.metrics()
                .bind()
                .or(() -> config.admin().bind())
                .orElseThrow(() ->
                        new ApiClient.Failure("metrics.bind and admin.bind are off, so the gateway cannot be asked")));
    }
}
