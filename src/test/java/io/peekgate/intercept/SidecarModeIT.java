package io.peekgate.intercept;

import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A pod: the program as init step, with every right, then as proxy under a user of its own, and the client, all in one
 * network namespace.
 */
class SidecarModeIT extends ModeContract {
    private static final int USER = 998;

    SidecarModeIT() {
        super(Mode.SIDECAR);
    }

    @Override
    Namespace gateway(Network hosts) {
        return hosts.client();
    }

    @Override
    List<String> options() {
        return List.of("--exempt-uid", Integer.toString(USER));
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
