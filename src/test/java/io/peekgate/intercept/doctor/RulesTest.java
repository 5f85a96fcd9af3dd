package io.peekgate.intercept.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.doctor.Rules.Capture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Rules that people write by hand are understood as ours are. */
class RulesTest {
    /** A host of which only this is known. */
    private record Told(Map<String, String> commands) implements Host {
        @Override
        public Result sh(String script) {
            return new Result(commands.containsKey(script) ? 0 : 127, commands.getOrDefault(script, "not found"));
        }

        @Override
        public boolean whileConnected(String address, int port, IntPredicate look) {
            return false;
        }

        @Override
        public Optional<String> read(String file) {
            return Optional.empty();
        }
    }

    @Test
    void of_nftables() {
        Rules rules = Rules.of(new Told(Map.of("nft -s list ruleset", """
                # Warning: table ip nat is managed by iptables-nft, do not touch!
                table ip nat {
                	chain PREROUTING {
                		type nat hook prerouting priority dstnat; policy accept;
                		tcp dport 80 redirect to :9
                	}
                }
                table ip mine {
                	chain sort {
                		meta skuid 12 return
                		tcp dport { 443, 8443 } redirect to :7000
                	}
                	chain out {
                		type nat hook output priority -100; policy accept;
                		jump sort
                	}
                }
                table inet both {
                	chain pre {
                		type filter hook prerouting priority mangle; policy accept;
                		tcp dport 443 tproxy to :7001 meta mark set 0x00000001 accept
                		udp dport 443 reject
                	}
                }
                table bridge frames {
                	chain pre {
                		type filter hook prerouting priority 0; policy accept;
                		meta skuid 13 return
                		tcp dport 443 redirect to :7002
                	}
                }
                """)));

        assertThat(rules.captures())
                .containsExactlyInAnyOrder(
                        new Capture(false, true, false, 7000, Set.of(443, 8443), false),
                        new Capture(false, false, true, 7001, Set.of(443), false),
                        new Capture(true, false, true, 7001, Set.of(443), false));
        assertThat(rules.exempt()).containsExactly(new Rules.Exempt(true, 12));
        assertThat(rules.captures().stream().map(rules::rejectsUdp)).containsExactly(false, true, true);
    }

    @Test
    void of_intercept_itself() {
        Rules rules = Rules.of(new Told(Map.of("nft -s list ruleset", """
                table inet peekgate {
                	chain spared {
                		ip daddr { 10.0.0.0/8, 192.0.2.0/24 } accept comment "excluded IPv4"
                		ip6 daddr 2001:db8::/32 accept comment "excluded IPv6"
                		ip daddr @cafe accept comment "excluded by somebody else"
                	}
                	chain tls {
                		type nat hook prerouting priority dstnat; policy accept;
                		tcp dport 443 redirect to :7000 comment "TCP goes to Peekgate"
                	}
                }
                """, "iptables-save", """
                *nat
                -A PEEKGATE-GATEWAY -d 203.0.113.0/24 -m comment --comment "peekgate: excluded" -j RETURN
                -A PEEKGATE-GATEWAY -i lan -p tcp -m multiport --dports 443 -m comment --comment "peekgate: TCP goes to Peekgate" -j REDIRECT --to-ports 7001
                COMMIT
                """)));

        assertThat(rules.captures())
                .containsExactly(
                        new Capture(false, false, false, 7000, Set.of(443), true),
                        new Capture(true, false, false, 7000, Set.of(443), true),
                        new Capture(false, false, false, 7001, Set.of(443), false));
        assertThat(List.of("192.0.2.1", "203.0.113.1", "2001:db8::1")).allMatch(rules::spares);
        assertThat(List.of("192.0.3.1", "198.51.100.1", "2001:db9::1")).noneMatch(rules::spares);
    }

    @Test
    void of_iptables() {
        Rules rules = Rules.of(new Told(Map.of("iptables-save", """
                *nat
                :OUTPUT ACCEPT [0:0]
                -A OUTPUT -m mark --mark 0x7 -j RETURN
                -A OUTPUT -p tcp -j SORT
                -A SORT -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 7000
                COMMIT
                """, "ip6tables-save", """
                *mangle
                -A PREROUTING -p tcp -m multiport --dports 443,8443 -j TPROXY --on-port 7001 --on-ip :: --tproxy-mark 0x1/0xffffffff
                COMMIT
                *filter
                -A FORWARD -p udp -m multiport --dports 443,8443 -j REJECT --reject-with icmp6-port-unreachable
                COMMIT
                """)));

        assertThat(rules.captures())
                .containsExactly(
                        new Capture(false, true, false, 7000, Set.of(443), false),
                        new Capture(true, false, true, 7001, Set.of(443, 8443), false));
        assertThat(rules.exempt()).containsExactly(new Rules.Exempt(false, 7));
        assertThat(rules.captures().stream().map(rules::rejectsUdp)).containsExactly(false, true);
    }
}
