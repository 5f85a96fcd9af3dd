package io.peekgate.dial;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The DNS servers that the system names. Where it names none, that is the one on this machine, as resolv.conf(5) has it:
 * Netty would ask a public one then, to which nobody agreed.
 */
final class SystemServers {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private SystemServers() {}

    static DnsServerAddressStreamProvider of(Path resolvConf) {
        return Files.exists(resolvConf) && !namesAny(resolvConf)
                ? new SequentialDnsServerAddressStreamProvider(List.of(LOCAL))
                : DnsServerAddressStreamProviders.platformDefault();
    }

    private static boolean namesAny(Path resolvConf) {
        try (Stream<String> lines = Files.lines(resolvConf)) {
            return lines.anyMatch(line -> line.strip().startsWith("nameserver"));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }
}
