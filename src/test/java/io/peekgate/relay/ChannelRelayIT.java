package io.peekgate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.peekgate.model.CloseReason;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for {@link ChannelRelay}, on every transport that this machine has. */
@ParameterizedClass(name = "{0}")
@MethodSource("transports")
class ChannelRelayIT extends RelayContract {
    ChannelRelayIT(Transport transport) {
        super(transport);
    }

    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @Override
    Relay relay(PerLoop<Sweep> sweeps, RelayTimeouts timeouts) {
        return new ChannelRelay(sweeps, timeouts);
    }

    @Test
    void a_client_that_stalls_leaves_little_in_memory() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        Wire wire = loopback.tightWire().relay();
        wire.server.sendAside(new byte[32 * MEBI]);
        wire.server.awaitStall();
        assertThat(loopback.memoryInUse()).isBetween(1L, (long) MEBI);
    }

    @Test
    void an_unexpected_exception_cuts_both_sides_as_internal() throws Exception {
        Wire wire = wire().relay();
        wire.near.pipeline().fireExceptionCaught(new IllegalStateException("seeded"));
        wire.assertCut(CloseReason.INTERNAL);
    }

    @Test
    void a_write_that_fails_unexpectedly_cuts_both_sides_as_internal() throws Exception {
        Wire wire = wire();
        wire.near.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
                ReferenceCountUtil.release(bytes);
                promise.setFailure(new IllegalStateException("seeded"));
            }
        });
        wire.relay().server.send("x");
        wire.assertCut(CloseReason.INTERNAL);
    }
}
