package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.model.CloseReason;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Kinds of clients, and how the gateway may report them. */
enum Visit {
    SERVED(CloseReason.DEFAULT) {
        @Override
        void play(RawSocket client) throws IOException {
            byte[] hello = Hellos.again(HELLO);
            assertThat(client.send(hello).fin().hearToFin()).isEqualTo(hello);
        }
    },
    DROPPED(CloseReason.RULE_DROP) {
        @Override
        void play(RawSocket client) throws IOException {
            assertThat(client.send(hello("dropped.example")).hearToFin()).isEqualTo(WireLab.alert(49));
        }
    },
    RESET(CloseReason.RULE_DROP) {
        @Override
        void play(RawSocket client) throws IOException {
            assertThat(client.send(hello("reset.example")).hearToReset()).isEmpty();
        }
    },
    MISTAKEN(CloseReason.HTTP_PLAIN) {
        @Override
        void play(RawSocket client) throws IOException {
            assertThat(client.send(latin1("GET / HTTP/1.1\r\n\r\n")).hearToFin())
                    .isNotEmpty();
        }
    },
    UNKNOWN(CloseReason.DNS_NXDOMAIN) {
        @Override
        void play(RawSocket client) throws IOException {
            assertThat(client.send(hello("unknown.example")).hearToFin()).isEqualTo(WireLab.alert(112));
        }
    },
    UNREACHED(CloseReason.CONNECT_REFUSED) {
        @Override
        void play(RawSocket client) throws IOException {
            assertThat(client.send(hello("closed.example")).hearToFin()).isEqualTo(WireLab.alert(80));
        }
    },
    GONE_AT_ONCE(CloseReason.CLIENT_GONE) {
        @Override
        void play(RawSocket client) throws IOException {
            client.reset();
        }
    },
    GONE_IN_ITS_HELLO(CloseReason.CLIENT_GONE) {
        @Override
        void play(RawSocket client) throws IOException {
            client.send(first(HELLO, 100)).reset();
        }
    },
    /** The RST may overtake the hello, or find the dial under way or the relay begun. */
    GONE_AFTER_ITS_HELLO(CloseReason.CLIENT_GONE, CloseReason.DEFAULT) {
        @Override
        void play(RawSocket client) throws IOException {
            client.send(Hellos.again(HELLO)).reset();
        }
    },
    /** Has its alert, and leaves with bytes under way. */
    GONE_WITHOUT_LISTENING(CloseReason.RULE_DROP, CloseReason.CLIENT_GONE) {
        @Override
        void play(RawSocket client) throws IOException {
            client.send(hello("dropped.example"), new byte[1000]).close();
        }
    };

    private final Set<CloseReason> reasons;

    Visit(CloseReason first, CloseReason... more) {
        reasons = EnumSet.of(first, more);
    }

    /** What the client does, and what it must see. */
    abstract void play(RawSocket client) throws IOException;

    /** What its report may say. */
    Set<CloseReason> reasons() {
        return reasons;
    }

    /** Makes a gateway ready for all of them. */
    static void prepare(WireLab lab, String... overrides) {
        lab.dns().fails("unknown.example", DnsResponseCode.NXDOMAIN).addresses("closed.example", 60, "127.0.0.99");
        String[] all = Arrays.copyOf(overrides, overrides.length + 1);
        all[overrides.length] = "policy.rules=[{ match = reset.example, action = drop, on-drop = reset }, "
                + "{ match = dropped.example, action = drop }]";
        lab.start(all);
    }

    private static byte[] hello(String name) {
        return Hellos.again(Hellos.hello().sni(name).wire());
    }
}
