package io.peekgate.config;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One listening socket.
 *
 * @param name unique
 * @param bind port 0: any free one
 * @param defaultPort the port to dial when nothing tells which one the client dialled, 1 to 65535
 * @param allowPorts ports that a client may ask for; empty: any
 * @param sources who may connect: {@code any}, {@code loopback}, {@code private}, addresses and CIDR blocks
 * @param trustedProxies addresses and CIDR blocks whose PROXY header is believed
 * @param backlog 1 to 65535
 */
public record ListenerConfig(
        String name,
        InetSocketAddress bind,
        Type type,
        Capture capture,
        int defaultPort,
        List<Integer> allowPorts,
        List<String> sources,
        ProxyProtocol proxyProtocol,
        List<String> trustedProxies,
        int backlog,
        boolean reusePort) {

    /** What clients speak: TLS at once, HTTP CONNECT or SOCKS5 before it, or plain HTTP. */
    public enum Type {
        TLS,
        PROXY,
        HTTP
    }

    /** How the address that the client dialled is found. */
    public enum Capture {
        AUTO,
        REDIRECT,
        TPROXY,
        NONE
    }

    /** Whether a PROXY header is expected. */
    public enum ProxyProtocol {
        OFF,
        ACCEPT,
        REQUIRE
    }
}
