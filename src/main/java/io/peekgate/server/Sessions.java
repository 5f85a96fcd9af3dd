package io.peekgate.server;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.stream.Collectors.groupingBy;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.CloseReason;
import io.peekgate.model.LiveSession;
import io.peekgate.model.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All live sessions of a gateway: how many there may be, what they are called, and how they end together. Shared by
 * every event loop. A session counts from {@link #enter} to {@link #leave}, even if it is refused at once, since it
 * holds a descriptor for so long.
 */
public final class Sessions {
    /**
     * How many at once; 0 is no limit.
     *
     * @param connections in all
     * @param perSource of one IPv4 address, or of one IPv6 /64
     * @param peeking waiting for their ClientHello
     * @param acceptsPerSecond new ones in a second
     */
    public record Limits(int connections, int perSource, int peeking, int acceptsPerSecond) {}

    /** Ids of one run are numbers in letters: the longer is the greater. */
    private static final Comparator<String> NEWEST_FIRST =
            comparingInt(String::length).thenComparing(naturalOrder()).reversed();

    private volatile Limits limits;
    private volatile AcceptRate rate;
    /** By their ids. */
    private final Map<String, Session> live = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger peeking = new AtomicInteger();
    private final ConcurrentHashMap<Long, Integer> bySource = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();
    private final String run = Long.toString(System.currentTimeMillis() / 1000, 36);
    private final Promise<Void> drained = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
    private volatile boolean draining;

    public Sessions(Limits limits) {
        limit(limits);
    }

    /** Other limits for those who come from now on; nobody who is there is put out. */
    public void limit(Limits others) {
        limits = others;
        rate = new AcceptRate(others.acceptsPerSecond());
    }

    /** How many there are. */
    public int count() {
        return count.get();
    }

    /**
     * What is known of those that are not over, newest first: asked on their loops, with one task for each, so it
     * completes once the slowest of them has come to it.
     *
     * @param most of how many, of the newest
     */
    public Future<List<LiveSession>> list(int most) {
        Map<EventLoop, List<Session>> newest = live.values().stream()
                .sorted(comparing(session -> session.id, NEWEST_FIRST))
                .limit(most)
                .collect(groupingBy(session -> session.loop));
        List<CompletableFuture<List<LiveSession>>> answers = newest.entrySet().stream()
                .map(entry -> supplyAsync(() -> soFar(entry.getValue()), entry.getKey()))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApplyAsync(all -> merged(answers), GlobalEventExecutor.INSTANCE);
    }

    private static List<LiveSession> merged(List<CompletableFuture<List<LiveSession>>> answers) {
        return answers.stream()
                .flatMap(answer -> answer.join().stream())
                .sorted(comparing(session -> session.soFar().id(), NEWEST_FIRST))
                .toList();
    }

    private static List<LiveSession> soFar(List<Session> sessions) {
        return sessions.stream()
                .filter(session -> !session.isOver())
                .map(Session::soFar)
                .toList();
    }

    /**
     * Ends one of them, as {@link CloseReason#KILLED}.
     *
     * @return whether there was one of this name that was not over
     */
    public Future<Boolean> kill(String id) {
        Session session = live.get(id);
        return session == null
                ? CompletableFuture.completedFuture(false)
                : supplyAsync(() -> kill(session), session.loop);
    }

    private static boolean kill(Session session) {
        boolean lives = !session.isOver();
        session.stop(CloseReason.KILLED, CloseReason.KILLED);
        return lives;
    }

    /**
     * Takes no new sessions and waits for those that are there, which are ended once the grace is over.
     *
     * @return completes when the last one has left
     */
    public io.netty.util.concurrent.Future<Void> drain(Duration grace) {
        draining = true;
        GlobalEventExecutor.INSTANCE.schedule(this::stopAll, grace.toNanos(), TimeUnit.NANOSECONDS);
        settle();
        return drained;
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return draining;
    }

    /** A name that no other session of this or another run has. */
    String nextId() {
        return run + "-" + Long.toString(names.incrementAndGet(), 36);
    }

    void enter(Session session) {
        live.put(session.id, session);
        count.incrementAndGet();
        bySource.merge(network(session.source.getAddress()), 1, Integer::sum);
    }

    /**
     * Lets a session that has entered go on.
     *
     * @throws Refusal {@link CloseReason#DRAINING} or one of the limits
     */
    void admit(Session session) {
        if (draining) {
            throw new Refusal(CloseReason.DRAINING, "");
        }
        if (!rate.allows(System.nanoTime())) {
            throw new Refusal(CloseReason.LIMIT_RATE, "");
        }
        check(CloseReason.LIMIT_CONNECTIONS, count.get(), limits.connections());
        check(
                CloseReason.LIMIT_SOURCE,
                bySource.getOrDefault(network(session.source.getAddress()), 0),
                limits.perSource());
        check(CloseReason.LIMIT_PEEKING, peeking.get() + 1, limits.peeking());
    }

    void peekBegins() {
        peeking.incrementAndGet();
    }

    void peekEnds() {
        peeking.decrementAndGet();
    }

    void leave(Session session) {
        bySource.computeIfPresent(network(session.source.getAddress()), (network, held) -> held == 1 ? null : held - 1);
        live.remove(session.id);
        count.decrementAndGet();
        settle();
    }

    private void settle() {
        if (draining && count.get() == 0) {
            drained.trySuccess(null);
        }
    }

    private void stopAll() {
        for (Session session : live.values()) {
            session.loop.execute(() -> session.stop(CloseReason.SHUTDOWN, CloseReason.DRAINING));
        }
    }

    private static void check(CloseReason reason, int held, int limit) {
        if (limit > 0 && held > limit) {
            throw new Refusal(reason, "more than " + limit);
        }
    }

    /** One customer has a whole IPv6 /64, so that is what counts as one source; no IPv4 address equals one. */
    private static Long network(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xffff_ffffL;
    }
}
