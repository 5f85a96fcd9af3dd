package io.peekgate.intercept;

import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A box that clients route through, with a redirect. */
class GatewayModeIT extends ModeContract {
    private static final int USER = 998;

    GatewayModeIT() {
        super(Mode.GATEWAY);
    }

    @Override
    Namespace gateway(Network hosts) {
        return hosts.gateway();
    }

    @Override
    List<String> options() {
        return List.of("--interface", "client");
    }

    @Override
    GatewayProcess start(Namespace host, Path configuration) throws IOException {
        return GatewayProcess.as(USER, host, configuration);
    }

    /** The redirect is forgotten with the connection. */
    @Override
    int closeWait() {
        return (int) ModeHosts.HALF_CLOSED_TIMEOUT.toSeconds();
    }
}
