package io.peekgate.demo;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * An authoritative DNS server of a few names over UDP on a loopback port of its own, that answers as it is told to. A
 * name it was told nothing of does not exist. Names may be added, and their answers changed, while it runs.
 */
public final class DnsServer implements AutoCloseable {
    /** What is said to one type of question; nothing at all if empty. */
    private interface Script {
        Optional<Reply> reply(DnsRecordType type);
    }

    private record Reply(DnsResponseCode code, boolean truncated, List<DnsRecord> records) {
        static Reply of(DnsResponseCode code) {
            return new Reply(code, false, List.of());
        }
    }

    private static final Script NO_SUCH_NAME = type -> Optional.of(Reply.of(DnsResponseCode.NXDOMAIN));

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("dns-server", true), NioIoHandler.newFactory());
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Integer> queries = new ConcurrentHashMap<>();
    private final Channel channel;

    /** Listens at once. */
    public DnsServer() {
        channel = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new Answerer());
                    }
                })
                .bind(new InetSocketAddress(NetUtil.LOCALHOST4, 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /**
     * The name has these addresses, of either family; with none, it exists without an address.
     *
     * @param ttl in seconds
     */
    public DnsServer addresses(String name, int ttl, String... addresses) {
        return script(
                name,
                type -> Optional.of(new Reply(DnsResponseCode.NOERROR, false, records(name, ttl, type, addresses))));
    }

    /**
     * The name is an alias of another, whose addresses are told along if there are any.
     *
     * @param ttl in seconds, of the alias; the addresses' is an hour
     */
    public DnsServer alias(String name, int ttl, String target, String... addresses) {
        return script(
                name,
                type -> Optional.of(new Reply(
                        DnsResponseCode.NOERROR,
                        false,
                        Stream.concat(
                                        Stream.of(cname(name, ttl, target)),
                                        records(target, 3600, type, addresses).stream())
                                .toList())));
    }

    /** Queries for the name are answered by this code alone, such as SERVFAIL or REFUSED. */
    public DnsServer fails(String name, DnsResponseCode code) {
        return script(name, type -> Optional.of(Reply.of(code)));
    }

    /** Answers for the name are cut short to nothing, as if they did not fit a datagram. */
    public DnsServer truncates(String name) {
        return script(name, type -> Optional.of(new Reply(DnsResponseCode.NOERROR, true, List.of())));
    }

    /** Queries for the name are never answered. */
    public DnsServer silent(String name) {
        return script(name, type -> Optional.empty());
    }

    /** Queries for this type of record are never answered; those for others as before. */
    public DnsServer silent(String name, DnsRecordType silent) {
        Script others = scripts.getOrDefault(name, NO_SUCH_NAME);
        return script(name, type -> type.equals(silent) ? Optional.empty() : others.reply(type));
    }

    /** How many queries there were for the name, of all types. */
    public int queries(String name) {
        return queries.getOrDefault(name, 0);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully();
    }

    private DnsServer script(String name, Script script) {
        scripts.put(name, script);
        return this;
    }

    private static List<DnsRecord> records(String name, int ttl, DnsRecordType type, String... addresses) {
        int length = type.equals(DnsRecordType.A) ? 4 : type.equals(DnsRecordType.AAAA) ? 16 : 0;
        return Stream.of(addresses)
                .map(NetUtil::createByteArrayFromIpAddressString)
                .filter(bytes -> bytes.length == length)
                .<DnsRecord>map(bytes -> new DefaultDnsRawRecord(name, type, ttl, Unpooled.wrappedBuffer(bytes)))
                .toList();
    }

    /** A name on the wire is its labels, each after its length, and an empty one (RFC 1035 section 3.1). */
    private static DnsRecord cname(String name, int ttl, String target) {
        ByteBuf data = Unpooled.buffer();
        for (String label : target.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
            data.writeByte(bytes.length).writeBytes(bytes);
        }
        return new DefaultDnsRawRecord(name, DnsRecordType.CNAME, ttl, data.writeByte(0));
    }

    private final class Answerer extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            String name =
                    question.name().substring(0, question.name().length() - 1).toLowerCase(Locale.ROOT);
            queries.merge(name, 1, Integer::sum);
            scripts.getOrDefault(name, NO_SUCH_NAME)
                    .reply(question.type())
                    .ifPresent(reply -> ctx.writeAndFlush(response(query, question, reply)));
        }

        private DatagramDnsResponse response(DatagramDnsQuery query, DnsQuestion question, Reply reply) {
            DatagramDnsResponse response = new DatagramDnsResponse(
                    query.recipient(), query.sender(), query.id(), query.opCode(), reply.code());
            response.setAuthoritativeAnswer(true).setTruncated(reply.truncated());
            response.addRecord(DnsSection.QUESTION, question);
            reply.records().forEach(record -> response.addRecord(DnsSection.ANSWER, record));
            return response;
        }
    }
}
