package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.peekgate.boot.Gateway;
import io.peekgate.config.ConfigLoader;
import io.peekgate.model.SessionReport;
import io.peekgate.server.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole gateway in this process, whose reports a test awaits. */
public final class RunningGateway implements AutoCloseable {
    private static final int SECONDS = 10;

    private final RecordingObserver observer = new RecordingObserver();
    private final Gateway gateway;

    /**
     * Starts it.
     *
     * @param overrides of the built-in defaults, as after {@code --set}
     */
    public RunningGateway(List<String> overrides) {
        gateway = Gateway.start(ConfigLoader.load(List.of(), overrides), observer);
    }

    /** Where the first listener is bound. */
    public InetSocketAddress address() {
        return addresses().get(0);
    }

    public List<InetSocketAddress> addresses() {
        return gateway.addresses();
    }

    public RecordingObserver observer() {
        return observer;
    }

    /** Those that are not over. */
    public Sessions sessions() {
        return gateway.sessions();
    }

    /** The next report; fails if none comes within 10 s. */
    public SessionReport awaitOne() {
        return observer.awaitOne();
    }

    public RawSocket connect() throws IOException {
        return RawSocket.connect(address());
    }

    public Future<Void> drain() {
        return gateway.drain();
    }

    /**
     * Lets the last connections end, which the test must have left by then; fails if one is never let go of, or if any
     * had no report or more than one.
     */
    @Override
    public void close() {
        boolean left = drain().awaitUninterruptibly(SECONDS, TimeUnit.SECONDS);
        gateway.close();
        assertThat(observer.closedSoFar()).as("reports").isEqualTo(observer.openedSoFar());
        assertThat(left).as("every session has left").isTrue();
    }
}
