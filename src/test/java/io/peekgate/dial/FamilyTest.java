package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.A;
import static io.netty.handler.codec.dns.DnsRecordType.AAAA;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class FamilyTest {
    @Test
    void the_preferred_family_is_asked_for_first() {
        assertThat(Family.records(Family.IPV4.order())).containsExactly(A, AAAA);
        assertThat(Family.records(Family.IPV6.order())).containsExactly(AAAA, A);
        assertThat(Family.records(Family.IPV4_ONLY.order())).containsExactly(A);
        assertThat(Family.records(Family.IPV6_ONLY.order())).containsExactly(AAAA);
    }

    @Test
    void auto_asks_for_both_whatever_this_machine_has() {
        assertThat(Family.records(Family.AUTO.order())).containsExactlyInAnyOrder(A, AAAA);
    }

    @Test
    void this_machine_has_its_loopback_address() {
        assertThat(AddressGuard.interfaceAddresses()).contains(InetAddress.getLoopbackAddress());
    }
}
