package io.peekgate.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A box that clients route through, whose packets keep their destination. */
class TproxyModeIT extends ModeContract {
    TproxyModeIT() {
        super(Mode.TPROXY);
    }

    @Override
    Namespace gateway(Network hosts) {
        return hosts.gateway();
    }

    @Override
    List<String> options() {
        return List.of();
    }

    @Override
    GatewayProcess start(Namespace host, Path configuration) throws IOException {
        return GatewayProcess.in(host, configuration);
    }

    /** Nothing is rewritten, so nothing has to be remembered. */
    @Override
    int closeWait() {
        return 1;
    }

    @Test
    void takes_a_right() throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", "-net_admin,-net_raw"));
        command.addAll(
                Jar.command("run", "--set", "listeners.0.bind=127.0.0.1:0", "--set", "listeners.0.capture=tproxy"));

        ClientRun run = ClientRun.of("", command);

        assertThat(run.err())
                .startsWith("peekgate: listener")
                .contains("capture = tproxy takes the right CAP_NET_ADMIN");
        assertThat(run.exit()).isEqualTo(77);
    }
}
