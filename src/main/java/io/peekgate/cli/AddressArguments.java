package io.peekgate.cli;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How addresses are read from the command line: literals only, since no command may look a name up unasked. */
final class AddressArguments {
    private static final Pattern SOCKET = Pattern.compile("(?:\\[(?<v6>.+)]|(?<v4>[^:]+)):(?<port>.+)");
    private static final int MAX_PORT = 65_535;

    private AddressArguments() {}

    /** An IPv4 or IPv6 address. */
    static final class Ip implements ITypeConverter<InetAddress> {
        @Override
        public InetAddress convert(String text) {
            return ip(text).orElseThrow(() -> new TypeConversionException("\"" + text + "\" is no IP address"));
        }
    }

    /** {@code IP:PORT} or {@code [IP]:PORT}. */
    static final class Socket implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            Matcher parts = SOCKET.matcher(text);
            return Optional.of(parts)
                    .filter(Matcher::matches)
                    .flatMap(matched -> ip(matched.group("v6") == null ? matched.group("v4") : matched.group("v6")))
                    .map(address -> new InetSocketAddress(address, port(parts.group("port"))))
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\" is no IP address and port; write 192.0.2.1:443 or [2001:db8::1]:443"));
        }
    }

    /**
     * A port to dial.
     *
     * @throws TypeConversionException if it is none
     */
    static int port(String text) {
        if (text.matches("[0-9]{1,5}") && isPort(Integer.parseInt(text))) {
            return Integer.parseInt(text);
        }
        throw new TypeConversionException("\"" + text + "\" is no port; write one from 1 to " + MAX_PORT);
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= MAX_PORT;
    }

    private static Optional<InetAddress> ip(String text) {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
    }
}
