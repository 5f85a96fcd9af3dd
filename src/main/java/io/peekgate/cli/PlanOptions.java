package io.peekgate.cli;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IncompatibleAddressException;
import io.peekgate.config.ListenerConfig;
import io.peekgate.intercept.Dialect;
import io.peekgate.intercept.Exemption;
import io.peekgate.intercept.Host;
import io.peekgate.intercept.Interception;
import io.peekgate.intercept.Mode;
import io.peekgate.intercept.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is to be intercepted, alike for every {@code intercept} command. */
final class PlanOptions {
    enum Quic {
        reject,
        leave
    }

    enum Ipv6 {
        auto,
        on,
        off
    }

    /** Which packets are the gateway's own. */
    static final class Own {
        @Option(
                names = "--exempt-uid",
                paramLabel = "N",
                converter = User.class,
                description = "The user that the gateway runs as: its packets are left alone. Needed for sidecar.")
        private Exemption user;

        @Option(
                names = "--exempt-mark",
                paramLabel = "N",
                converter = Mark.class,
                description = "The mark of the gateway's packets (connect.mark), which are left alone.")
        private Exemption mark;
    }

    static final class Tool {
        @Option(names = "--nft", description = "Use nftables; the default where it is installed.")
        private boolean nft;

        @Option(names = "--iptables", description = "Use iptables.")
        private boolean iptables;
    }

    static final class User implements ITypeConverter<Exemption> {
        @Override
        public Exemption convert(String text) {
            return Exemption.user(number(text));
        }
    }

    static final class Mark implements ITypeConverter<Exemption> {
        @Override
        public Exemption convert(String text) {
            return Exemption.mark(number(text));
        }
    }

    static final class Block implements ITypeConverter<IPAddress> {
        @Override
        public IPAddress convert(String text) {
            try {
                return new IPAddressString(text).toAddress().toPrefixBlock();
            } catch (AddressStringException | IncompatibleAddressException e) {
                throw new TypeConversionException("\"" + text + "\" is no address block; write 10.0.0.0/8");
            }
        }
    }

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--mode",
            paramLabel = "gateway|sidecar|tproxy",
            description = "gateway: redirect what this host forwards. sidecar: redirect what this host's own processes"
                    + " send. tproxy: as gateway, but packets keep their destination.")
    private Mode mode;

    @Option(
            names = "--to",
            paramLabel = "PORT",
            description = "The gateway's port; unless told, that of the configuration's first tls listener.")
    private Integer to;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            split = ",",
            defaultValue = "443",
            description = "What clients dial, as in 443,8443; ${DEFAULT-VALUE} unless told.")
    private List<Integer> ports;

    @ArgGroup
    private Own own = new Own();

    @Option(
            names = "--exclude",
            paramLabel = "CIDR",
            split = ",",
            converter = Block.class,
            description = "Destinations that are left alone.")
    private List<IPAddress> exclude = List.of();

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description = "Only what comes in by this interface, or with sidecar goes out by it.")
    private String device;

    @ArgGroup
    private Tool tool = new Tool();

    @Option(
            names = "--quic",
            paramLabel = "reject|leave",
            defaultValue = "reject",
            description = "UDP to the same ports: reject it, so that QUIC clients turn to TCP at once, or leave it.")
    private Quic quic;

    @Option(
            names = "--ipv6",
            paramLabel = "auto|on|off",
            defaultValue = "auto",
            description = "Intercept IPv6, too; auto: if this host has it.")
    private Ipv6 ipv6;

    /**
     * What is asked for.
     *
     * @throws io.peekgate.intercept.InvalidPlanException if it makes no sense
     */
    Interception interception(Host host) {
        return new Interception(plan(host), dialect().orElseGet(() -> Dialect.of(host)));
    }

    /** Empty: whichever the host has. */
    Optional<Dialect> dialect() {
        return tool.nft ? Optional.of(Dialect.NFT) : tool.iptables ? Optional.of(Dialect.IPTABLES) : Optional.empty();
    }

    private Plan plan(Host host) {
        if (mode == null) {
            throw new TypeConversionException("write --mode gateway, --mode sidecar or --mode tproxy");
        }
        return new Plan(
                mode,
                to == null ? listenerPort() : to,
                ports,
                Optional.ofNullable(own.user).or(() -> Optional.ofNullable(own.mark)),
                exclude,
                Optional.ofNullable(device),
                quic == Quic.reject,
                ipv6 == Ipv6.on || (ipv6 == Ipv6.auto && hasIpv6(host)));
    }

    private int listenerPort() {
        return config.load().listeners().stream()
                .filter(listener -> listener.type() == ListenerConfig.Type.TLS)
                .map(listener -> listener.bind().getPort())
                .filter(port -> port != 0)
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "the configuration has no tls listener on a port of its own; name the port with --to"));
    }

    private static boolean hasIpv6(Host host) {
        return host.read("/proc/net/if_inet6").filter(text -> !text.isBlank()).isPresent();
    }

    private static long number(String text) {
        try {
            return Long.decode(text.toLowerCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("\"" + text + "\" is no number; write 1000 or 0x3e8");
        }
    }
}
