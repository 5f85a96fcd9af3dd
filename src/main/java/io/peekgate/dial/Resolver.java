package io.peekgate.dial;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * From a target to addresses: a fixed address or an override at once, any other name by DNS. Names are taken as whole
 * ones: no search domain is ever appended. Answers are kept for each event loop apart, so nothing here is locked.
 */
public final class Resolver implements AutoCloseable {
    private final DnsSettings settings;
    private final ResolvedAddressTypes order;
    private final List<DnsRecordType> records;
    private final Optional<DefaultHostsFileEntriesResolver> hosts;
    private final PerLoop<DnsClient> clients;

    /**
     * Reads the system's hosts file now and its {@code resolv.conf} from time to time, if {@code settings} names no
     * servers.
     *
     * @param mark borne by the sockets that ask
     * @param loops on which it will be asked; not closed with it
     */
    public Resolver(Transport transport, SocketMark mark, EventLoopGroup loops, DnsSettings settings) {
        this.settings = settings;
        this.order = settings.family().order();
        this.records = Family.records(order);
        boolean system = settings.servers().isEmpty();
        this.hosts = system ? Optional.of(new DefaultHostsFileEntriesResolver()) : Optional.empty();
        DnsServerAddressStreamProvider servers = system
                ? SystemServers.of(Path.of("/etc/resolv.conf"))
                : new SequentialDnsServerAddressStreamProvider(settings.servers());
        this.clients = new PerLoop<>(loops, loop -> new DnsClient(loop, transport, mark, servers, settings));
    }

    /**
     * The addresses in the order in which to try them; never empty. On {@code loop} only. Fails by a
     * {@link io.peekgate.model.Refusal}: {@code DNS_NXDOMAIN}, {@code DNS_NO_ADDRESS} (no family that is in use has
     * any), {@code DNS_TIMEOUT} or {@code DNS_FAILURE}, and of these {@code DNS_FAILURE} if the families differ, then
     * {@code DNS_TIMEOUT}, then {@code DNS_NO_ADDRESS}: an NXDOMAIN beside anything else is a server's mistake
     * (RFC 8020 section 2, RFC 4074 section 4.2).
     */
    public Future<List<InetAddress>> resolve(EventLoop loop, Target target) {
        if (target instanceof Target.Fixed fixed) {
            return loop.newSucceededFuture(List.of(fixed.address()));
        }
        ServerName name = target instanceof Target.Dialled dialled ? dialled.name() : ((Target.Named) target).name();
        return known(name).map(loop::newSucceededFuture).orElseGet(() -> ask(loop, name));
    }

    /** Lets go of what the event loops hold; questions under way still end. */
    @Override
    public void close() {
        clients.all().forEach(DnsClient::close);
    }

    private Optional<List<InetAddress>> known(ServerName name) {
        return Optional.ofNullable(settings.overrides().get(name))
                .or(() -> hosts.map(file -> file.addresses(name.value(), order)));
    }

    private Future<List<InetAddress>> ask(EventLoop loop, ServerName name) {
        DnsClient client = clients.of(loop);
        return FamilyAnswers.gather(
                loop,
                name,
                records.stream().map(record -> client.answer(name, record)).toList());
    }
}
