package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one client's requests in turn. After any error the connection is closed: what follows is not to be trusted. While
 * an answer is being made nothing is read; while one without an end goes out, whatever comes ends it.
 */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private static final String MANY_STREAMS =
            "as many streams are open as there may be; end another (a tab of the page, a connections log -f), or ask"
                    + " for /log now and then";

    private final Route route;
    private final Executor workers;
    private final Duration patience;
    private final Places places;
    private Future<?> deadline;
    private boolean answering;

    HttpExchange(Route route, Executor workers, Duration patience, Places places) {
        this.route = route;
        this.workers = workers;
        this.patience = patience;
        this.places = places;
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
        if (answering) {
            context.close();
            return;
        }
        answering = true;
        places.serve(context.channel());
        context.channel().config().setAutoRead(false); // the flow control before this holds what else has come
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpVersion version = request.protocolVersion();
        if (request.decoderResult().isFailure()) {
            send(context, complaint(request.decoderResult()), version, false);
            return;
        }
        Ask ask = Ask.of(request, (InetSocketAddress) context.channel().remoteAddress());
        try {
            CompletableFuture.supplyAsync(() -> answer(ask), workers)
                    .thenAcceptAsync(answer -> send(context, answer, version, keepAlive), context.executor());
        } catch (RejectedExecutionException busy) {
            send(context, Problem.busy("too many requests wait already; try again"), version, false);
        }
    }

    private Answer answer(Ask request) {
        try {
            return route.answer(request);
        } catch (Throwable e) { // the client must not wait for its deadline
            LOG.error("A request to {} failed", request.method(), e);
            return Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed; the server log has more");
        }
    }

    private void send(ChannelHandlerContext context, Answer answer, HttpVersion version, boolean keepAlive) {
        if (answer.feed().isEmpty()) {
            sendWhole(context, answer, version, keepAlive);
        } else if (places.takeForStream(context.channel())) {
            stream(context, answer);
        } else {
            sendWhole(context, Problem.busy(MANY_STREAMS), version, false);
        }
    }

    private void stream(ChannelHandlerContext context, Answer answer) {
        deadline.cancel(false);
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
        describe(head.headers(), answer);
        HttpUtil.setTransferEncodingChunked(head, true);
        context.write(head);
        new FeedWriter(answer.feed().orElseThrow(), context, patience).start();
        context.channel().config().setAutoRead(true); // so that the client's leaving is noticed
    }

    private void sendWhole(ChannelHandlerContext context, Answer answer, HttpVersion version, boolean keepAlive) {
        places.expect(context.channel());
        boolean goesOn = keepAlive && !answer.isError();
        FullHttpResponse response = response(answer);
        HttpUtil.setKeepAlive(response.headers(), version, goesOn);
        context.writeAndFlush(response).addListener(written -> done(context, goesOn && written.isSuccess()));
    }

    private void done(ChannelHandlerContext context, boolean goesOn) {
        deadline.cancel(false);
        answering = false;
        if (goesOn) {
            expect(context);
            context.channel().config().setAutoRead(true);
        } else {
            context.close();
        }
    }

    private static Answer complaint(DecoderResult result) {
        if (result.cause() instanceof TooLongHttpLineException) {
            return Problem.of(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request's first line is too long");
        }
        if (result.cause() instanceof TooLongHttpHeaderException) {
            return Problem.of(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the header is too long");
        }
        return Problem.of(HttpResponseStatus.BAD_REQUEST, "this request is malformed");
    }

    /** Says that a request's body is longer than is taken, and closes. */
    static ChannelFuture refuseBody(ChannelHandlerContext context) {
        FullHttpResponse refusal =
                response(Problem.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too long"));
        HttpUtil.setKeepAlive(refusal, false);
        return context.writeAndFlush(refusal);
    }

    private static FullHttpResponse response(Answer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), Unpooled.copiedBuffer(answer.body(), UTF_8));
        describe(response.headers(), answer);
        if (!answer.status().equals(HttpResponseStatus.NO_CONTENT)) {
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        }
        return response;
    }

    private static void describe(HttpHeaders headers, Answer answer) {
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store").set("x-content-type-options", "nosniff");
        if (!answer.type().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        }
        answer.headers().forEach(headers::set);
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
