package io.peekgate.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as people read them: RFC 5952, {@code [v6]:port}, v4-mapped as v4. */
public final class Addresses {
    private Addresses() {}

    public static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    public static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
