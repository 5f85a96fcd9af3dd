package io.peekgate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on loopback that leaves what to say to the test. */
public final class Backend implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SECONDS = 10;

    private final ServerSocket listener;
    private final BlockingQueue<RawSocket> waiting = new LinkedBlockingQueue<>();
    private final Queue<RawSocket> all = new ConcurrentLinkedQueue<>();

    public Backend() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::acceptAll, "backend");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The next connection; fails if none comes within 10 s. */
    public RawSocket accept() throws InterruptedException {
        RawSocket next = waiting.poll(SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody connected within " + SECONDS + " s");
        }
        return next;
    }

    /** The next connection, however long it takes. */
    RawSocket take() throws InterruptedException {
        return waiting.take();
    }

    /** How many have ever connected. */
    public int connections() {
        return all.size();
    }

    /** Listens no more. What was accepted stays. */
    public void refuse() throws IOException {
        listener.close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (RawSocket socket : all) {
            socket.close();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                RawSocket next = new RawSocket(listener.accept());
                all.add(next);
                waiting.add(next);
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
