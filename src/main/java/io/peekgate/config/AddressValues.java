package io.peekgate.config;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import io.peekgate.config.Section.Reading;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How addresses, networks and endpoints are read. No name is ever looked up. */
final class AddressValues {
    /** One way to write each address: no inet_aton forms, which readers of a policy would take for something else. */
    private static final IPAddressStringParameters PLAIN = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBinary(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    /** RFC 1123 section 2.1 with underscores; a last label that is a number would be an address to many. */
    private static final Pattern HOST = Pattern.compile("(?=.{1,253}$)(?!(.*\\.)?([0-9]+|0x[0-9a-f]*)$)"
            + "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    private static final int MAX_PORT = 65535;

    private AddressValues() {}

    static InetAddress address(Node node) {
        return address(Values.text(node))
                .orElseThrow(() -> new IllegalArgumentException(node.shown() + " is no address"));
    }

    /** An address, a CIDR block or one of the words. */
    static Reading<String> network(String... words) {
        return node -> {
            String text = Values.text(node);
            if (!List.of(words).contains(text)) {
                requireNetwork(node, text, words);
            }
            return text;
        };
    }

    /** An address and a port to ask. */
    static InetSocketAddress server(Node node) {
        HostPort written = split(node, 1);
        return new InetSocketAddress(
                address(written.host()).orElseThrow(() -> malformed(node, "an address")), written.port());
    }

    /** An address and a port to listen on; the host may be {@code localhost} or {@code *}, the port 0. */
    static InetSocketAddress bind(Node node) {
        HostPort written = split(node, 0);
        return switch (written.host()) {
            case "*" -> new InetSocketAddress(written.port());
            case "localhost" -> new InetSocketAddress(InetAddress.getLoopbackAddress(), written.port());
            default ->
                new InetSocketAddress(
                        address(written.host()).orElseThrow(() -> malformed(node, "an address, localhost or *")),
                        written.port());
        };
    }

    /** A name or an address, and a port to dial. */
    static HostPort hostPort(Node node) {
        HostPort written = split(node, 1);
        if (!isHost(written.host()) && address(written.host()).isEmpty()) {
            throw malformed(node, "a host name or an address");
        }
        return written;
    }

    static int port(Node node) {
        return Values.number(1, MAX_PORT).of(node);
    }

    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    private static HostPort split(Node node, int leastPort) {
        String text = Values.text(node).toLowerCase(Locale.ROOT);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String port = text.substring(colon + 1);
        if (host.isEmpty() || bracketed != host.contains(":") || !port.matches("[0-9]{1,5}")) {
            throw malformed(node, "an address");
        }
        int number = Integer.parseInt(port);
        Values.require(number >= leastPort && number <= MAX_PORT, node, "has no port from " + leastPort + " to 65535");
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, number);
    }

    private static IllegalArgumentException malformed(Node node, String host) {
        return new IllegalArgumentException(
                node.shown() + " is not " + host + " and a port; write host:port or [v6]:port");
    }

    private static Optional<InetAddress> address(String text) {
        return parse(text).filter(address -> !address.isPrefixed()).map(IPAddress::toInetAddress);
    }

    private static void requireNetwork(Node node, String text, String... words) {
        String orWords = words.length == 0 ? "" : ", or " + String.join(", ", words);
        IPAddress network = parse(text)
                .orElseThrow(() -> new IllegalArgumentException(node.shown()
                        + " is no address or network; write one such as 10.0.0.0/8 or 2001:db8::/32" + orWords));
        Values.require(
                !network.isPrefixed() || network.isSinglePrefixBlock(),
                node,
                "has bits beyond its prefix; write " + network.toPrefixBlock());
    }

    private static Optional<IPAddress> parse(String text) {
        try {
            return Optional.ofNullable(new IPAddressString(text, PLAIN).toAddress());
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }
}
