package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailureTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), "CONNECT_REFUSED", "refused"),
                Arguments.of(natively(-111, "Connection refused"), "CONNECT_REFUSED", "refused"),
                Arguments.of(natively(-61, "Verbindungsaufbau abgelehnt"), "CONNECT_REFUSED", "refused"),
                Arguments.of(natively(-104, "Connection reset by peer"), "CONNECT_REFUSED", "refused"),
                Arguments.of(natively(-110, "Connection timed out"), "CONNECT_TIMEOUT", "no answer"),
                Arguments.of(new NoRouteToHostException(), "CONNECT_UNREACHABLE", "unreachable"),
                Arguments.of(
                        new SocketException("Network is unreachable"),
                        "CONNECT_UNREACHABLE",
                        "unreachable (Network is unreachable)"),
                Arguments.of(
                        natively(-13, "Permission denied"),
                        "CONNECT_UNREACHABLE",
                        "unreachable (connect(..) failed with error(-13): Permission denied)"),
                Arguments.of(
                        new BindException("Cannot assign requested address"),
                        "CONNECT_UNREACHABLE",
                        "unreachable (Cannot assign requested address)"),
                Arguments.of(new UnsupportedAddressTypeException(), "CONNECT_UNREACHABLE", "unreachable"),
                Arguments.of(
                        new ChannelException("no socket", new IOException("Too many open files")),
                        "INTERNAL",
                        "failed (Too many open files)"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_is_told_by_its_kind_and_never_by_the_words_of_a_locale(
            Exception error, CloseReason reason, String words) {
        Refusal refusal = ConnectFailure.refusal(List.of(ConnectFailure.of(ADDRESS, error)));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.detail()).isEqualTo("127.0.0.1:443 " + words);
    }

    @Test
    void what_the_server_itself_said_outweighs_what_the_network_did() {
        ConnectFailure internal = ConnectFailure.of(ADDRESS, new IllegalStateException());
        ConnectFailure unreachable = ConnectFailure.of(ADDRESS, new NoRouteToHostException());
        ConnectFailure timeout = ConnectFailure.timeout(ADDRESS);
        ConnectFailure refused = ConnectFailure.of(ADDRESS, new ConnectException("no"));

        assertThat(reason(internal, unreachable, timeout, refused)).isEqualTo(CloseReason.CONNECT_REFUSED);
        assertThat(reason(internal, unreachable, timeout)).isEqualTo(CloseReason.CONNECT_TIMEOUT);
        assertThat(reason(internal, unreachable)).isEqualTo(CloseReason.CONNECT_UNREACHABLE);
    }

    private static CloseReason reason(ConnectFailure... failures) {
        return ConnectFailure.refusal(List.of(failures)).reason();
    }

    private static ConnectException natively(int errno, String words) {
        return new ConnectException("connect(..) failed with error(" + errno + "): " + words);
    }
}
