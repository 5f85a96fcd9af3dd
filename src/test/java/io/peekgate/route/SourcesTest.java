package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {
    @Test
    void a_v4_client_of_a_dual_stack_socket_is_known_by_its_v4_address() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        InetAddress client = Inet6Address.getByAddress(null, mapped, 0);
        assertThat(Sources.of(List.of("10.1.0.0/16")).contains(client)).isTrue();
        assertThat(Sources.of(List.of("::/0")).contains(client)).isFalse();
    }

    @Test
    void a_v4_mapped_network_is_its_v4_network() {
        Sources sources = Sources.of(List.of("::ffff:10.1.0.0/112"));
        assertThat(sources.contains(Rules.address("10.1.2.3"))).isTrue();
        assertThat(sources.contains(Rules.address("10.2.2.3"))).isFalse();
    }

    @Test
    void no_texts_are_no_networks() {
        assertThat(Sources.of(List.of()).contains(Rules.address("127.0.0.1"))).isFalse();
    }
}
