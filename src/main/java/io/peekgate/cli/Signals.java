package io.peekgate.cli;

import java.lang.reflect.Proxy;

/**
 * What the operating system tells a process. Java's only API for signals is {@code sun.misc.Signal}, which javac lets
 * nobody use without a warning; hence the reflection.
 */
final class Signals {
    private Signals() {}

    /**
     * Has a signal handled, from now on, on a thread of its own each time.
     *
     * @param name without {@code SIG}
     */
    static void handle(String name, Runnable handling) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        handling.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Java has no signals", e);
        }
    }
}
