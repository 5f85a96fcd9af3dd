package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.peekgate.model.CloseReason;
import io.peekgate.net.Transport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class DnsOverTcpIT extends ResolverFixture {
    DnsOverTcpIT(Transport transport) {
        super(transport);
    }

    @Test
    void a_truncated_answer_is_asked_for_again_over_tcp() {
        dns.truncates("big.test");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        try (TcpServer tcp = new TcpServer(new byte[] {10, 0, 0, 7})) {
            assertThat(resolved("big.test")).containsExactly("10.0.0.7");
        }
    }

    @Test
    void an_answer_that_makes_no_sense_is_a_failure() {
        dns.truncates("short.test");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        try (TcpServer tcp = new TcpServer(new byte[] {10, 0, 7})) {
            assertRefused("short.test", CloseReason.DNS_FAILURE, "unreadable answer from " + server());
        }
    }

    @Test
    void a_truncated_answer_that_tcp_does_not_mend_is_a_failure() {
        dns.truncates("big.test");

        assertRefused("big.test", CloseReason.DNS_FAILURE, "truncated answer from " + server());
    }

    /** Answers each question over TCP with one A record of these bytes. */
    private final class TcpServer implements AutoCloseable {
        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

        TcpServer(byte[] address) {
            new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), answerer(address));
                        }
                    })
                    .bind(dns.address())
                    .syncUninterruptibly();
        }

        private SimpleChannelInboundHandler<DnsQuery> answerer(byte[] address) {
            return new SimpleChannelInboundHandler<>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
                    DnsQuestion question = query.recordAt(DnsSection.QUESTION);
                    ctx.writeAndFlush(new DefaultDnsResponse(query.id())
                            .addRecord(DnsSection.QUESTION, question)
                            .addRecord(
                                    DnsSection.ANSWER,
                                    new DefaultDnsRawRecord(question.name(), A, 60, Unpooled.wrappedBuffer(address))));
                }
            };
        }

        @Override
        public void close() {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
