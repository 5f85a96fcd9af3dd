package io.peekgate.cli;

import io.peekgate.config.ProxyConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peekgate healthcheck}: whether the running gateway takes connections, for whoever starts and stops it. */
@Command(
        name = HealthProbe.COMMAND,
        description =
                "Ask the running gateway whether it takes connections; 0 if it does, 1 if it drains or is not there."
                        + " With --at nothing is read, which is faster.")
final class HealthcheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = HealthProbe.AT,
            paramLabel = "HOST:PORT",
            converter = AddressArguments.Socket.class,
            description = "Where metrics.bind or admin.bind is.")
    private InetSocketAddress at;

    @Override
    public Integer call() {
        InetSocketAddress address = at == null ? configured(config.load()) : at;
        return HealthProbe.ask(address.getAddress().getHostAddress(), address.getPort());
    }

    private static InetSocketAddress configured(ProxyConfig config) {
        return ApiClient.reachable(config.metrics()
                .bind()
                .or(() -> config.admin().bind())
                .orElseThrow(() -> new ApiClient.Failure("metrics.bind and admin.bind are off; nothing can be asked")));
    }
}
