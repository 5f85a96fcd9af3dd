package io.peekgate.route;

import inet.ipaddr.IPAddress;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A target that the configuration fixes, complete but for the port, which may be the one that the client dials. */
final class TargetTemplate {
    private static final int AS_DIALLED = 0;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<v6>[^\\]]*)\\]|(?<host>[^:\\[\\]]*))(?::(?<port>\\d{1,5}))?");

    private final IntFunction<Target> toPort;
    private final int port;

    private TargetTemplate(IntFunction<Target> toPort, int port) {
        this.toPort = toPort;
        this.port = port;
    }

    /**
     * @param text {@code host}, {@code host:port}, {@code ip}, {@code ip:port} or {@code [v6]:port}
     * @throws IllegalArgumentException naming the text, what is wrong with it, and the mend
     */
    static TargetTemplate parse(String text, boolean allowPrivate) {
        Optional<InetAddress> bare = address(text);
        if (bare.isPresent()) {
            return new TargetTemplate(to(bare.get(), allowPrivate), AS_DIALLED);
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw complaint(text, "it is neither a name nor an address, with or without a port");
        }
        return new TargetTemplate(host(text, parts, allowPrivate), port(text, parts.group("port")));
    }

    /** The target for a client that dialled this port. */
    Target at(int dialledPort) {
        return toPort.apply(port == AS_DIALLED ? dialledPort : port);
    }

    private static IntFunction<Target> host(String text, Matcher parts, boolean allowPrivate) {
        if (parts.group("v6") != null) {
            InetAddress v6 = address(parts.group("v6"))
                    .orElseThrow(() -> complaint(text, "there is no address between its brackets"));
            return to(v6, allowPrivate);
        }
        return address(parts.group("host"))
                .map(address -> to(address, allowPrivate))
                .orElseGet(() -> to(name(text, parts.group("host")), allowPrivate));
    }

    private static IntFunction<Target> to(InetAddress address, boolean allowPrivate) {
        return port -> new Target.Fixed(address, port, allowPrivate);
    }

    private static IntFunction<Target> to(ServerName name, boolean allowPrivate) {
        return port -> new Target.Named(name, port, allowPrivate);
    }

    private static Optional<InetAddress> address(String text) {
        return IpAddresses.parse(text).filter(address -> !address.isPrefixed()).map(IPAddress::toInetAddress);
    }

    private static ServerName name(String text, String host) {
        try {
            return HostNames.canonical(host);
        } catch (Refusal noName) {
            throw complaint(text, "its host is no valid name: " + noName.detail());
        }
    }

    private static int port(String text, String digits) {
        if (digits == null) {
            return AS_DIALLED;
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw complaint(text, "its port is not between 1 and 65535");
        }
        return port;
    }

    private static IllegalArgumentException complaint(String text, String problem) {
        return Complaint.about(
                "target",
                text,
                problem,
                "write \"www.example.com:443\", \"192.0.2.7:443\" or \"[2001:db8::7]:443\", or leave the port out for"
                        + " the one that the client dials");
    }
}
