package io.peekgate.testkit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Hears each connection of a backend to its FIN, then says the same and ends. It bears clients that go away. */
public final class EchoServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        return thread;
    });
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();
    private final Backend backend;

    public EchoServer(Backend backend) {
        this.backend = backend;
        threads.execute(this::serve);
    }

    /** What each connection said that did not go away by RST. */
    public List<byte[]> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void serve() {
        try {
            while (true) {
                RawSocket client = backend.take();
                threads.execute(() -> echo(client));
            }
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void echo(RawSocket client) {
        try (client) {
            byte[] said = client.hearToFin();
            heard.add(said);
            client.send(said);
        } catch (IOException gone) {
            // some tests want just this
        }
    }
}
