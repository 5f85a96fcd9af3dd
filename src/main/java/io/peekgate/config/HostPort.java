package io.peekgate.config;

/**
 * Somewhere to dial.
 *
 * @param host a host name in lower case, or an address literal without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    /** As it is written: {@code host:port} or {@code [v6]:port}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
