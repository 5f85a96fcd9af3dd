package io.peekgate.server;

import io.peekgate.model.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason there is, made on the wire. A reason without a scenario does not compile. */
class CloseReasonsIT {
    private interface Scenario {
        void play(WireLab lab) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void each_reason_is_reported_and_its_client_told(CloseReason reason) throws Exception {
        try (WireLab lab = new WireLab()) {
            scenario(reason).play(lab);
        }
    }

    private static Scenario scenario(CloseReason reason) {
        return switch (reason) {
            case RULE -> RelayScenarios::rule;
            case DEFAULT -> RelayScenarios::byDefault;
            case RULE_DROP -> RefusedScenarios::ruleDrop;
            case DEFAULT_DROP -> RefusedScenarios::defaultDrop;
            case NO_SNI -> RefusedScenarios::noSni;
            case BAD_NAME -> RefusedScenarios::badName;
            case NAME_IS_ADDRESS -> RefusedScenarios::nameIsAddress;
            case HTTP_CONNECT -> MisuseScenarios::httpConnect;
            case HTTP_ABSOLUTE -> MisuseScenarios::httpAbsolute;
            case HTTP_PLAIN -> MisuseScenarios::httpPlain;
            case SOCKS -> MisuseScenarios::socks;
            case PROXY_HEADER -> MisuseScenarios::proxyHeader;
            case SSH -> MisuseScenarios::ssh;
            case SSLV2 -> MisuseScenarios::sslv2;
            case DTLS -> MisuseScenarios::dtls;
            case TLS_NOT_HELLO -> MisuseScenarios::tlsNotHello;
            case NOT_TLS -> MisuseScenarios::notTls;
            case MALFORMED_HELLO -> MisuseScenarios::malformedHello;
            case HELLO_TOO_BIG -> MisuseScenarios::helloTooBig;
            case HELLO_TIMEOUT -> MisuseScenarios::helloTimeout;
            case CLIENT_GONE -> RefusedScenarios::clientGone;
            case SOURCE_DENIED -> RefusedScenarios::sourceDenied;
            case PORT_DENIED -> RefusedScenarios::portDenied;
            case NOT_REDIRECTED -> CaptureScenarios::notRedirected;
            case ECH_DENIED -> RefusedScenarios::echDenied;
            case DESTINATION_MISMATCH -> CaptureScenarios::destinationMismatch;
            case LIMIT_CONNECTIONS -> RefusedScenarios::limitConnections;
            case LIMIT_SOURCE -> RefusedScenarios::limitSource;
            case LIMIT_PEEKING -> RefusedScenarios::limitPeeking;
            case LIMIT_RATE -> RefusedScenarios::limitRate;
            case RULE_ERROR -> RefusedScenarios::ruleError;
            case DRAINING -> RefusedScenarios::draining;
            case DNS_NXDOMAIN -> DialScenarios::dnsNxdomain;
            case DNS_NO_ADDRESS -> DialScenarios::dnsNoAddress;
            case DNS_FAILURE -> DialScenarios::dnsFailure;
            case DNS_TIMEOUT -> DialScenarios::dnsTimeout;
            case DESTINATION_DENIED -> DialScenarios::destinationDenied;
            case LOOP -> DialScenarios::loop;
            case CONNECT_REFUSED -> DialScenarios::connectRefused;
            case CONNECT_TIMEOUT -> DialScenarios::connectTimeout;
            case CONNECT_UNREACHABLE -> DialScenarios::connectUnreachable;
            case CLIENT_FIN -> RelayScenarios::clientFin;
            case UPSTREAM_FIN -> RelayScenarios::upstreamFin;
            case CLIENT_RESET -> RelayScenarios::clientReset;
            case UPSTREAM_RESET -> RelayScenarios::upstreamReset;
            case IDLE -> RelayScenarios::idle;
            case HALF_CLOSED_IDLE -> RelayScenarios::halfClosedIdle;
            case MAX_DURATION -> RelayScenarios::maxDuration;
            case KILLED -> RelayScenarios::killed;
            case SHUTDOWN -> RelayScenarios::shutdown;
            case INTERNAL -> RefusedScenarios::internal;
        };
    }
}
