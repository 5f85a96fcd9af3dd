package io.peekgate.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.peekgate.model.CloseReason;
import io.peekgate.model.OnDrop;
import io.peekgate.model.Refusal;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import java.util.concurrent.TimeUnit;

/**
 * Takes leave of a refused client, and closes it: an answer in the client's own protocol where the refusal has one,
 * else what on-drop says to those whom the policy or a failed dial turns away, else without a word.
 */
public final class Farewell {
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int ACCESS_DENIED = 49;
    private static final int INTERNAL_ERROR = 80;

    private final PerLoop<Sweep> sweeps;

    public Farewell(PerLoop<Sweep> sweeps) {
        this.sweeps = sweeps;
    }

    /** Says what there is to say and closes the client; on its event loop. */
    void bid(Channel client, Refusal refusal, OnDrop onDrop) {
        if (refusal.answer().length > 0) {
            say(client, refusal.answer());
            return;
        }
        switch (manner(refusal.reason(), onDrop)) {
            case ALERT -> say(client, alert(refusal.reason()));
            case RESET -> reset(client);
            case CLOSE -> client.close();
        }
    }

    private static OnDrop manner(CloseReason reason, OnDrop onDrop) {
        return switch (reason) {
            case RULE_DROP,
                    DEFAULT_DROP,
                    NO_SNI,
                    BAD_NAME,
                    NAME_IS_ADDRESS,
                    PORT_DENIED,
                    NOT_REDIRECTED,
                    ECH_DENIED,
                    DESTINATION_MISMATCH,
                    RULE_ERROR -> onDrop;
            case LIMIT_CONNECTIONS, LIMIT_SOURCE, LIMIT_PEEKING, LIMIT_RATE, SOURCE_DENIED, DRAINING, KILLED ->
                OnDrop.RESET;
            default -> reason.phase() == CloseReason.Phase.DIALLING ? onDrop : OnDrop.CLOSE;
        };
    }

    /** A fatal alert record, RFC 8446 section 6: readable by every client, since no key is in use yet. */
    private static byte[] alert(CloseReason reason) {
        int description = switch (reason) {
            case RULE_DROP,
                    DEFAULT_DROP,
                    PORT_DENIED,
                    NOT_REDIRECTED,
                    ECH_DENIED,
                    DESTINATION_MISMATCH,
                    DESTINATION_DENIED -> ACCESS_DENIED;
            case NO_SNI, BAD_NAME, NAME_IS_ADDRESS, DNS_NXDOMAIN, DNS_NO_ADDRESS -> UNRECOGNIZED_NAME;
            default -> INTERNAL_ERROR;
        };
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
    }

    private static void reset(Channel client) {
        try {
            client.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyReset) {
            // macOS takes no options for a socket that its peer has reset; closing it is enough
        }
        client.close();
    }

    /** A close with bytes unread would reset the client before it has read the answer: so let it speak out first. */
    private void say(Channel client, byte[] answer) {
        if (!client.isActive()) {
            client.close();
            return;
        }
        client.pipeline().addLast(new Lingering(sweeps.of(client.eventLoop()), client));
        client.writeAndFlush(Unpooled.wrappedBuffer(answer))
                .addListener(written -> ((DuplexChannel) client).shutdownOutput());
        client.config().setAutoRead(true);
    }

    /** Reads and forgets what the client still sends, until it ends or its time is over. */
    private static final class Lingering extends ChannelInboundHandlerAdapter implements Sweep.Watched {
        private final long deadline = System.nanoTime() + LINGER;
        private final Sweep.Watch watch;
        private final Channel client;

        Lingering(Sweep sweep, Channel client) {
            this.client = client;
            this.watch = sweep.add(this);
        }

        @Override
        public void tick(long now) {
            if (now - deadline >= 0) {
                client.close();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ReferenceCountUtil.release(bytes);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            watch.end();
        }
    }
}
