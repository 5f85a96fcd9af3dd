package io.peekgate.model;

import java.util.Locale;

/**
 * Why a connection went as it did: one closed list, which is the log's {@code reason} and {@code end}, a meter's tag
 * and an anchor in the README. Each constant belongs to one {@link Phase}, says in a sentence what happened, and tells
 * the reader what to do next.
 */
public enum CloseReason {
    RULE(Phase.PASSED, "A rule lets this name pass.", "Nothing to do."),
    DEFAULT(Phase.PASSED, "No rule matched and policy.default-action is passthrough.", "Nothing to do."),

    RULE_DROP(
            Phase.REFUSED,
            "A rule drops this name.",
            "If it should pass, change the rule that the line names, or put a passthrough rule before it."),
    DEFAULT_DROP(
            Phase.REFUSED,
            "No rule matched and policy.default-action is drop.",
            "If it should pass, add a passthrough rule for this name."),
    NO_SNI(
            Phase.REFUSED,
            "The ClientHello names no server.",
            "Let the client send SNI (connect by name, not by address), or set policy.no-sni."),
    BAD_NAME(
            Phase.REFUSED,
            "The server name in the ClientHello is no valid host name.",
            "Let the client send a host name of letters, digits, hyphens and underscores, without a dot at its end."),
    NAME_IS_ADDRESS(
            Phase.REFUSED,
            "The server name in the ClientHello is an IP address.",
            "Let the client connect by name: RFC 6066 allows no addresses in SNI."),
    HTTP_CONNECT(
            Phase.REFUSED,
            "The client takes this listener for an HTTP proxy and sent CONNECT.",
            "This is a transparent gateway and needs no proxy setting: remove -x / https_proxy from the client."),
    HTTP_ABSOLUTE(
            Phase.REFUSED,
            "The client takes this listener for an HTTP proxy and sent a request with a whole URL.",
            "This is a transparent gateway and needs no proxy setting: remove -x / http_proxy from the client."),
    HTTP_PLAIN(
            Phase.REFUSED,
            "The client speaks plain HTTP on a TLS port.",
            "Use https:// in the client, or send plain HTTP to a port that expects it."),
    SOCKS(
            Phase.REFUSED,
            "The client takes this listener for a SOCKS proxy.",
            "This is a transparent gateway and needs no proxy setting: remove the SOCKS proxy from the client."),
    PROXY_HEADER(
            Phase.REFUSED,
            "The connection begins with a PROXY protocol header, which this listener does not expect.",
            "Turn the PROXY protocol off in the balancer before this listener."),
    SSH(
            Phase.REFUSED,
            "The client speaks SSH.",
            "Keep SSH away from this port: only TLS carries the name that Peekgate routes by."),
    SSLV2(
            Phase.REFUSED,
            "The client sent an SSLv2 hello.",
            "Update the client: SSLv2 is forbidden (RFC 6176) and carries no server name."),
    DTLS(
            Phase.REFUSED,
            "The client sent DTLS over TCP.",
            "Point the client at a DTLS server over UDP, or use TLS for TCP."),
    TLS_NOT_HELLO(
            Phase.REFUSED,
            "The first TLS record is no ClientHello.",
            "Look at what stands before the gateway: a TLS connection must begin with its handshake."),
    NOT_TLS(
            Phase.REFUSED,
            "The first bytes are not TLS.",
            "Send only TLS to this port; the detail shows what came instead."),
    MALFORMED_HELLO(
            Phase.REFUSED,
            "The ClientHello breaks the TLS format.",
            "Update the client or what stands between it and the gateway; the detail tells what is wrong."),
    HELLO_TOO_BIG(
            Phase.REFUSED,
            "The ClientHello is larger than client-hello.max-size, or spread over more than 64 records.",
            "If the client is genuine, raise client-hello.max-size."),
    HELLO_TIMEOUT(
            Phase.REFUSED,
            "No whole ClientHello came within client-hello.timeout.",
            "Look for a slow path, or a protocol in which the server speaks first (SMTP, FTP, MySQL): those cannot"
                    + " pass here."),
    CLIENT_GONE(
            Phase.REFUSED,
            "The client left before it could be served.",
            "Nothing to do, unless it is often: then look at the client's own timeout, or at what probes this port."),
    SOURCE_DENIED(
            Phase.REFUSED,
            "The client's address is not among the listener's sources.",
            "If it should be served, add its network to the listener's sources."),
    PORT_DENIED(
            Phase.REFUSED,
            "The port that the client asked for is not among the listener's allow-ports.",
            "If it should be served, add the port to the listener's allow-ports."),
    NOT_REDIRECTED(
            Phase.REFUSED,
            "Nothing tells which address the client dialled, and the listener or the rule demands it.",
            "Lead clients here by a redirect or TPROXY; to serve those that dial the gateway itself, set capture to"
                    + " auto or none, and destination to resolve."),
    ECH_DENIED(
            Phase.REFUSED,
            "The ClientHello has an encrypted part that may hold another name, and the policy denies that.",
            "Turn Encrypted ClientHello off in the client (browsers send a dummy that looks the same), or set"
                    + " policy.ech, or the rule's ech, to flag."),
    DESTINATION_MISMATCH(
            Phase.REFUSED,
            "The client dialled an address that our DNS does not have for the name it sent.",
            "If the client is honest, let it and the gateway use the same DNS, or relax the rule's destination."),
    LIMIT_CONNECTIONS(
            Phase.REFUSED,
            "limits.connections connections are open already.",
            "Raise limits.connections (and the descriptor limit), or add a gateway."),
    LIMIT_SOURCE(
            Phase.REFUSED,
            "This source has limits.per-source connections open already.",
            "Look at what that client does, or raise limits.per-source."),
    LIMIT_PEEKING(
            Phase.REFUSED,
            "limits.peeking connections are waiting for their ClientHello already.",
            "Look for a flood of silent connections, or raise limits.peeking."),
    LIMIT_RATE(
            Phase.REFUSED,
            "More connections came in this second than limits.accepts-per-second allows.",
            "Look for a flood, or raise limits.accepts-per-second."),
    RULE_ERROR(
            Phase.REFUSED,
            "A rule's regular expression did not finish within its step budget.",
            "Simplify the expression of the rule that the line names."),
    DRAINING(
            Phase.REFUSED,
            "The gateway is shutting down and takes no new connections.",
            "Connect again: the next gateway should be up."),

    DNS_NXDOMAIN(Phase.DIALLING, "DNS says that the name does not exist.", "Look for a typing error in the name."),
    DNS_NO_ADDRESS(
            Phase.DIALLING,
            "The name exists, but has no address of the families in use.",
            "Look at the name's A and AAAA records, and at dns.family."),
    DNS_FAILURE(
            Phase.DIALLING,
            "The DNS server refused or failed to answer.",
            "Look at the DNS servers in dns.servers; the detail has their answer."),
    DNS_TIMEOUT(
            Phase.DIALLING,
            "No DNS server answered within dns.timeout and dns.attempts.",
            "Look at whether the servers in dns.servers can be reached from here."),
    DESTINATION_DENIED(
            Phase.DIALLING,
            "Every address of the name is private, special-purpose or denied.",
            "If it should be reached, add it to destinations.allow, or allow-private to the rule."),
    LOOP(
            Phase.DIALLING,
            "The connection leads back to this gateway itself.",
            "Correct the DNS entry or the rule's target, or exempt the gateway's own connections from the redirect."),
    CONNECT_REFUSED(
            Phase.DIALLING, "The server refused the connection.", "Look at whether the server listens on that port."),
    CONNECT_TIMEOUT(
            Phase.DIALLING,
            "No address answered within connect.timeout.",
            "Look at routes and firewalls between the gateway and the server."),
    CONNECT_UNREACHABLE(
            Phase.DIALLING,
            "The server's network or host cannot be reached.",
            "Look at the gateway's routes, and at dns.family if the network has no IPv6."),

    CLIENT_FIN(Phase.ENDED, "The client ended the connection first.", "Nothing to do."),
    UPSTREAM_FIN(Phase.ENDED, "The server ended the connection first.", "Nothing to do."),
    CLIENT_RESET(Phase.ENDED, "The client reset the connection.", "Nothing to do, unless it is often."),
    UPSTREAM_RESET(Phase.ENDED, "The server reset the connection.", "Look at the server, if it is often."),
    IDLE(
            Phase.ENDED,
            "No byte moved for relay.idle-timeout.",
            "If the client should have been served longer, raise relay.idle-timeout or let it send keep-alives."),
    HALF_CLOSED_IDLE(
            Phase.ENDED,
            "One side had ended and the other sent nothing for relay.half-closed-timeout.",
            "If the answer takes longer than that, raise relay.half-closed-timeout."),
    MAX_DURATION(
            Phase.ENDED,
            "The connection lasted for relay.max-duration.",
            "Raise relay.max-duration, or set it to 0s for no limit."),
    KILLED(
            Phase.ENDED,
            "An operator ended the connection.",
            "Ask who steers this gateway; the audit lines on the server log tell from where it was ended."),
    SHUTDOWN(
            Phase.ENDED,
            "The gateway shut down and shutdown.grace was over.",
            "Raise shutdown.grace if connections of this kind should finish."),
    INTERNAL(
            Phase.ENDED,
            "Peekgate failed in a way that it does not expect of itself.",
            "Report it, with the line from the server log that has this id.");

    /** When in a connection's life a reason arises. */
    public enum Phase {
        /** The policy let it pass. */
        PASSED,
        /** It was refused before anything was dialled. */
        REFUSED,
        /** Its target could not be dialled. */
        DIALLING,
        /** It was relayed, and this is how that ended. */
        ENDED
    }

    /** What came of a connection: the log's {@code action}. */
    public enum Action {
        PASS,
        DROP,
        FAIL;

        /** The word in logs and meters. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Phase phase;
    private final String sentence;
    private final String advice;
    private final String code = name().toLowerCase(Locale.ROOT);

    CloseReason(Phase phase, String sentence, String advice) {
        this.phase = phase;
        this.sentence = sentence;
        this.advice = advice;
    }

    /** The name in logs, meters and the API. */
    public String code() {
        return code;
    }

    public Phase phase() {
        return phase;
    }

    /** What happened, as one sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** What the reader may do about it. */
    public String advice() {
        return advice;
    }

    /**
     * What this reason means for the connection: before its relay, that it is {@link #KILLED} is a drop, and an
     * {@link #INTERNAL} error a failure.
     */
    public Action action() {
        return switch (this) {
            case DESTINATION_DENIED, LOOP, KILLED -> Action.DROP;
            case INTERNAL -> Action.FAIL;
            default ->
                switch (phase) {
                    case PASSED, ENDED -> Action.PASS;
                    case REFUSED -> Action.DROP;
                    case DIALLING -> Action.FAIL;
                };
        };
    }
}
