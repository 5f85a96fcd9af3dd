package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends a feed to a client, as fast as that reads, until it leaves; or until it has read nothing for too long. */
final class FeedWriter {
    private static final long EVERY_MILLIS = 200;

    private final Feed feed;
    private final ChannelHandlerContext context;
    private final long patience;
    private Future<?> ticks;
    private long lastRoom = System.nanoTime();

    FeedWriter(Feed feed, ChannelHandlerContext context, Duration patience) {
        this.feed = feed;
        this.context = context;
        this.patience = patience.toNanos();
    }

    /** On the client's thread, as all of it. */
    void start() {
        ticks = context.executor().scheduleWithFixedDelay(this::tick, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> ticks.cancel(false));
        context.flush();
    }

    private void tick() {
        long now = System.nanoTime();
        if (context.channel().isWritable()) {
            lastRoom = now;
            String news = feed.next();
            if (!news.isEmpty()) {
                context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(news, UTF_8)));
            }
        } else if (now - lastRoom > patience) {
            context.close();
        }
    }
}
