package io.peekgate.intercept.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JarProcess;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor sees from a client of its own, behind the gateway, and what stays of that client. */
class ThrowawayClientIT extends DoctorHosts {
    private static final Duration WIDE = Duration.ofSeconds(20);

    /** Of which each rule of Peekgate's is in place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway --nft     | nft 'table ip o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }'",
                "gateway --iptables| iptables -t nat -I PREROUTING -p tcp --dport 443 -j ACCEPT   ",
                "gateway --iptables| ip6tables -t nat -I PREROUTING -p tcp --dport 443 -j ACCEPT  ",
                "gateway --nft     | nft 'table ip o { chain o { type nat hook prerouting priority -110; tcp dport 443 dnat to 198.18.1.2:5353; }; }'; dnsmasq -C /dev/null -h -R -p 5353 --pid-file=",
                "tproxy --nft      | nft 'table inet o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }'",
                "tproxy --iptables | iptables -t mangle -I PREROUTING -p tcp --dport 443 -j ACCEPT",
            })
    void sees_that_a_rule_of_others_comes_first(String mode, String seed) throws Exception {
        try (GatewayProcess ignored = sound(mode)) {
            gateway.run("sh", "-c", seed);

            assertFound(gateway.jar("doctor", "-c", file().toString()), "redirect-fails");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway --nft", "gateway --iptables", "tproxy --nft", "tproxy --iptables"})
    void dials_from_a_client_of_its_own_of_which_nothing_stays_but_the_access_line(String mode) throws Exception {
        String sources = "sources = [\"198.51.100.0/24\", \"2001:db8::/32\"]";
        apply(mode, (mode.startsWith("tproxy") ? TPROXY : CONFIGURATION).replaceAll("sources = [^]]*]", sources));
        try (GatewayProcess peekgate = GatewayProcess.in(gateway, file())) {
            String before = everything();

            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();

            await().atMost(WIDE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
            await().atMost(WIDE).until(() -> peekgate.access().size() >= 2);
            assertThat(peekgate.access())
                    .extracting(line -> line.text("original"))
                    .containsExactlyInAnyOrder("192.0.2.1:443", "[2001:db8::1]:443");
            assertThat(peekgate.messages()).isEmpty();
        }
    }

    @Test
    void leaves_nothing_behind_when_it_is_killed_amid_that() throws Exception {
        try (GatewayProcess ignored = sound("gateway --nft")) {
            gateway.run(
                    "nft", "table ip o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }");
            String before = everything();
            try (JarProcess doctor = gateway.startJar("doctor", "-c", file().toString())) {
                await().atMost(WIDE).until(() -> gateway.run("ip", "addr").contains("198.51.100.1/30"));
                doctor.close();
            }

            await().atMost(WIDE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway --nft --exclude 192.0.2.0/24,2001:db8::/64",
                "sidecar --exempt-uid 998 --iptables --exclude 192.0.2.1",
                "tproxy --nft --interface client"
            })
    void claims_nothing_where_it_cannot_be_tried(String mode) throws Exception {
        try (GatewayProcess peekgate = sound(mode)) {
            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
            assertThat(peekgate.access()).isEmpty();
        }
    }

    @Test
    void claims_nothing_where_a_filter_lets_in_by_interface() throws Exception {
        try (GatewayProcess ignored = sound("gateway --nft")) {
            gateway.run(
                    "nft",
                    "table inet o { chain o { type filter hook input priority 0; iifname != { lo, client } drop; }; }");

            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
        }
    }

    /** What there is of the gateway's host, but for counts and link-local addresses, which take a while to be there. */
    private String everything() throws IOException, InterruptedException {
        return gateway.run(
                "sh",
                "-c",
                "{ ip addr; ip rule; ip -6 rule; ip route show table all; ip -6 route show table all; } | grep -v fe80;"
                        + " ip netns list-id;"
                        + " nft -s list ruleset;"
                        + " sysctl -a 2>/dev/null | grep '^net' | grep -v conntrack_count");
    }
}
