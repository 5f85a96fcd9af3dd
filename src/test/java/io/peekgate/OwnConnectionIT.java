package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Namespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway dials itself, redirected to itself: cut at once. */
class OwnConnectionIT extends CaptureHosts {
    @Test
    void without_an_exemption_the_gateways_own_connection_is_known_by_its_socket() throws Exception {
        GatewayProcess peekgate = start("capture = auto", "default-action = passthrough");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, gateway, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    @Test
    void even_where_what_was_dialled_is_not_asked() throws Exception {
        GatewayProcess peekgate = start("capture = none", "default-action = passthrough");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, gateway, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    @Test
    void a_client_behind_such_a_gateway_makes_one_more_connection_and_no_more() throws Exception {
        GatewayProcess peekgate = start("capture = redirect", "default-action = passthrough");
        redirect("PREROUTING", "443");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, client, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    private void loopsOnce(GatewayProcess peekgate, Namespace from, String detail) throws Exception {
        greeting(from, "www.test", outside.far4() + ":443");
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.access().size() >= 2);
        long descriptors = peekgate.process().descriptors();
        for (int i = 0; i < 10; i++) {
            greeting(from, "www.test", outside.far4() + ":443");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.access().size() >= 22);

        assertThat(peekgate.access()).hasSize(22);
        List<JsonLine> loops = peekgate.access().stream()
                .filter(line -> line.text("reason").equals("loop"))
                .toList();
        assertThat(loops).hasSize(11).allSatisfy(line -> {
            assertThat(line.text("action")).isEqualTo("drop");
            assertThat(line.text("detail")).isEqualTo(line.text("source") + " " + detail);
        });
        assertThat(loops.stream()
                        .mapToDouble(line -> line.number("duration_ms"))
                        .sorted()
                        .toArray()[5])
                .as("median in ms")
                .isLessThan(100);
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.process().descriptors() <= descriptors);
    }
}
