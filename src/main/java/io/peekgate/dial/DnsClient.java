package io.peekgate.dial;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.peekgate.model.ServerName;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DNS as one event loop sees it. An answer is shared while it is awaited and until its time is over, so that many
 * connections to one name ask once; beyond the bound, the answer that was used least recently is forgotten. To be used
 * on its loop only.
 */
final class DnsClient {
    /** The size that passes every path unfragmented (RFC 9715 section 3.1, appendix A). */
    private static final int MAX_PAYLOAD = 1232;

    private record Question(ServerName name, DnsRecordType type) {}

    private final EventLoop loop;
    private final DnsSettings settings;
    private final DnsServerAddressStreamProvider servers;
    private final DnsNameResolver client;
    private final Map<Question, Future<DnsAnswer>> answers;

    DnsClient(
            EventLoop loop,
            Transport transport,
            SocketMark mark,
            DnsServerAddressStreamProvider servers,
            DnsSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.servers = servers;
        this.answers = new LeastRecentlyUsed<>(settings.maxEntries());
        this.client = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(() -> mark.on(transport.newDatagram()))
                .socketChannelFactory(() -> mark.on(transport.newSocket()))
                // a source port of its own for each query, which a forger has to guess too (RFC 5452 section 9.2)
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .searchDomains(List.of())
                .maxPayloadSize(MAX_PAYLOAD)
                .queryTimeoutMillis(settings.timeout().toMillis())
                .build();
    }

    /** The answer, known, awaited or asked for now; the future never fails. */
    Future<DnsAnswer> answer(ServerName name, DnsRecordType type) {
        return answers.compute(new Question(name, type), (question, known) -> isOfUse(known) ? known : ask(question));
    }

    void close() {
        client.close();
    }

    private static boolean isOfUse(Future<DnsAnswer> known) {
        return known != null && (!known.isDone() || known.getNow().isFresh());
    }

    private Future<DnsAnswer> ask(Question question) {
        return new DnsLookup(
                        loop,
                        client,
                        servers.nameServerAddressStream(question.name().value()),
                        settings,
                        question.name(),
                        question.type())
                .start();
    }

    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int bound;

        LeastRecentlyUsed(int bound) {
            super(16, 0.75f, true);
            this.bound = bound;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > bound;
        }
    }
}
