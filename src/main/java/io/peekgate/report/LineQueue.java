package io.peekgate.report;

import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.DeferredProcessingAware;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Events on their way to a stream that may stall: taken without ever waiting, rendered and written by one thread of its
 * own, each line flushed at once. What finds no room is lost and counted.
 *
 * <p>The count is exact because the queue refuses (and counts) while it still has room for an eighth: a thread that saw
 * more room than that always finds a place, unless more threads than that eighth are between the look and the put, so
 * logback's own silent loss on a full queue does not happen.
 *
 * @param <E> what becomes a line
 */
final class LineQueue<E> extends AsyncAppenderBase<E> {
    /** Enough for a second of a very busy gateway. */
    static final int CAPACITY = 8192;

    private static final int RESERVE = 8;
    private static final Duration FLUSH_AT_STOP = Duration.ofSeconds(5);

    private final Runnable onLoss;
    private final Writer writer;
    private final LongAdder lost = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    /**
     * @param name for the thread
     * @param out stays open; a {@code PrintStream} would hide its failures, and so losses
     * @param onLoss called for each event that found no room, on its own thread
     */
    LineQueue(String name, OutputStream out, Function<E, String> render, Runnable onLoss) {
        this.onLoss = onLoss;
        this.writer = new Writer(out, render);
        ContextBase context = new ContextBase(); // without one, logback complains on standard output
        writer.setContext(context);
        setContext(context);
        setName(name);
        setNeverBlock(true);
        setQueueSize(CAPACITY);
        setDiscardingThreshold(CAPACITY / RESERVE);
        setMaxFlushTime((int) FLUSH_AT_STOP.toMillis());
        writer.start();
        addAppender(writer);
        start();
    }

    /** How many events did not become lines, so far. */
    long lost() {
        return lost.sum();
    }

    /** Writes what waits, for at most 5 s; what then still waits is lost. To be called when no more events come. */
    @Override
    public void stop() {
        super.stop();
        writer.stop();
        lost.add(waiting.sumThenReset());
    }

    @Override
    protected boolean isDiscardable(E event) {
        lost.increment();
        onLoss.run();
        return true;
    }

    @Override
    protected void preprocess(E event) {
        waiting.increment();
        if (event instanceof DeferredProcessingAware aware) {
            aware.prepareForDeferredProcessing();
        }
    }

    private final class Writer extends UnsynchronizedAppenderBase<E> {
        private final OutputStream out;
        private final Function<E, String> render;

        Writer(OutputStream out, Function<E, String> render) {
            this.out = out;
            this.render = render;
        }

        @Override
        protected void append(E event) {
            try {
                out.write((render.apply(event) + '\n').getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException | RuntimeException e) {
                lost.increment();
            } finally {
                waiting.decrement();
            }
        }
    }
}
