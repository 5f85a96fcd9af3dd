package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Hears what Netty's leak detector says, which the build sets to look at every buffer. */
public final class LeakWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CANARY = "leaked on purpose, to see that leaks are seen";

    private final Logger log = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final Level before = log.getLevel();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            leaks.add(event.getFormattedMessage());
        }
    };

    public LeakWatch() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        appender.start();
        log.setLevel(Level.ERROR);
        log.addAppender(appender);
    }

    /** Fails if a buffer was leaked until now. One is leaked here: once it is told of, those before it would be, too. */
    public void assertNothingLeaked() {
        leakCanary();
        await().atMost(PATIENCE).until(() -> {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer().release();
            return leaks.stream().anyMatch(leak -> leak.contains(CANARY));
        });
        assertThat(leaks).allMatch(leak -> leak.contains(CANARY));
    }

    private static void leakCanary() {
        ByteBufAllocator.DEFAULT.directBuffer().touch(CANARY);
    }

    @Override
    public void close() {
        log.detachAppender(appender);
        log.setLevel(before);
    }
}
