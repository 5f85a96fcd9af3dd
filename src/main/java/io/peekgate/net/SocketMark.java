package io.peekgate.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;

/** The mark of the gateway's own sockets (SO_MARK), by which packet filters know its packets. */
public final class SocketMark {
    /** Leaves sockets as they are. */
    public static final SocketMark NONE = new SocketMark(0);

    /** By the numbers of Linux. */
    private static final ChannelOption<Integer> OPTION = new IntegerUnixChannelOption("SO_MARK", 1, 36);

    private final int mark;

    private SocketMark(int mark) {
        this.mark = mark;
    }

    /**
     * Marks sockets.
     *
     * @param mark more than zero
     */
    public static SocketMark of(int mark) {
        return new SocketMark(mark);
    }

    /**
     * Marks a channel that is not registered yet, on {@link Transport#EPOLL}.
     *
     * @throws ChannelException if this process lacks CAP_NET_ADMIN; the channel is closed then
     */
    public <C extends Channel> C on(C channel) {
        if (mark != 0) {
            set(channel);
        }
        return channel;
    }

    private void set(Channel channel) {
        try {
            channel.config().setOption(OPTION, mark);
        } catch (ChannelException forbidden) {
            channel.unsafe().closeForcibly();
            throw forbidden;
        }
    }
}
