package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one client's requests in turn. After any error the connection is closed: what follows is not to be trusted. */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final Route route;
    private final Duration patience;
    private Future<?> deadline;

    HttpExchange(Route route, Duration patience) {
        this.route = route;
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expect(context);
    }

    private void expect(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.close(), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        context.channel().config().setAutoRead(false); // the flow control before this holds what else has come
        Answer answer = request.decoderResult().isSuccess() ? answer(request) : complaint(request.decoderResult());
        boolean goesOn = HttpUtil.isKeepAlive(request) && !answer.isError();
        FullHttpResponse response = response(answer);
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), goesOn);
        context.writeAndFlush(response).addListener((ChannelFutureListener) written -> {
            deadline.cancel(false);
            if (goesOn && written.isSuccess()) {
                expect(context);
                context.channel().config().setAutoRead(true);
            } else {
                context.close();
            }
        });
    }

    private Answer answer(FullHttpRequest request) {
        try {
            return route.answer(request);
        } catch (RuntimeException e) {
            LOG.error("A request to {} failed", request.method(), e);
            return Answer.line(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed; the server log has more");
        }
    }

    private static Answer complaint(DecoderResult result) {
        if (result.cause() instanceof TooLongHttpLineException) {
            return Answer.line(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request's first line is too long");
        }
        if (result.cause() instanceof TooLongHttpHeaderException) {
            return Answer.line(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the header is too long");
        }
        return Answer.line(HttpResponseStatus.BAD_REQUEST, "this request is malformed");
    }

    /** Says that a request's body is longer than is taken, and closes. */
    static void refuseBody(ChannelHandlerContext context) {
        FullHttpResponse refusal =
                response(Answer.line(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too long"));
        HttpUtil.setKeepAlive(refusal, false);
        context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(Answer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), Unpooled.copiedBuffer(answer.body(), UTF_8));
        answer.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        return response;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
