package io.peekgate.config;

import java.time.Duration;
import java.util.List;

/** A pool of servers that rules may name. */
public record UpstreamConfig(List<HostPort> servers, Balance balance, ProxyHeader proxyProtocol, Health health) {
    public enum Balance {
        ROUND_ROBIN,
        LEAST_CONNECTIONS,
        SOURCE_HASH
    }

    /** The PROXY header that is sent. */
    public enum ProxyHeader {
        OFF,
        V1,
        V2
    }

    /** Checks of a server; {@code rise} good ones in a row make it healthy, {@code fall} bad ones unhealthy. */
    public record Health(Duration interval, Duration timeout, int rise, int fall) {}
}
