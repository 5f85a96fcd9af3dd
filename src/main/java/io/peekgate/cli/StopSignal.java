package io.peekgate.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SIGTERM and SIGINT: the first asks the gateway to drain, the second ends the process at once. Handled here and not in
 * a shutdown hook, so that the process ends with the exit code of its command. Java's only API for signals is
 * {@code sun.misc.Signal}, which javac lets nobody use without a warning; hence the reflection.
 */
final class StopSignal {
    private static final int IMPATIENT = 130;

    private final CountDownLatch came = new CountDownLatch(1);
    private final AtomicReference<String> first = new AtomicReference<>();

    private StopSignal() {}

    static StopSignal listen() {
        StopSignal stop = new StopSignal();
        stop.handle("TERM");
        stop.handle("INT");
        return stop;
    }

    boolean hasCome() {
        return first.get() != null;
    }

    /** Waits for the first; gives its name. */
    String await() throws InterruptedException {
        came.await();
        return first.get();
    }

    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        raised("SIG" + name);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Java has no signals", e);
        }
    }

    private void raised(String name) {
        if (!first.compareAndSet(null, name)) {
            Runtime.getRuntime().halt(IMPATIENT);
        }
        came.countDown();
    }
}
