package io.peekgate.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.peekgate.dial.LoopGuard;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.LiveSession;
import io.peekgate.model.OnDrop;
import io.peekgate.model.Refusal;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.Request;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import io.peekgate.peek.Peeked;
import io.peekgate.relay.Relaying;
import io.peekgate.server.Stopwatch.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection, from accept to report: admit, peek, decide, resolve, connect, relay. Each stage answers with a value
 * or a {@link Refusal}; whichever comes, the session ends in its one {@link #finish}, which reports exactly once. All of
 * it runs on the client's event loop. The session owns both channels, until the relay takes them.
 */
final class Session {
    private final Stages stages;
    private final Sessions sessions;
    private final Entrance entrance;
    final EventLoop loop;
    final InetSocketAddress source;
    final String id;
    private final Instant time = Instant.now();
    private final Stopwatch watch = new Stopwatch();

    /** Ours until the relay takes it. */
    private Channel client;

    private Optional<InetSocketAddress> original = Optional.empty();
    private int port;
    private Future<?> pending;
    private Peeked peeked;
    private ClientHello hello;
    private Verdict verdict;
    private LoopGuard.Flight flight;
    private List<InetAddress> addresses = List.of();
    private InetSocketAddress upstream;
    private Relaying relaying;
    private boolean over;

    Session(Stages stages, Sessions sessions, Entrance entrance, Channel client) {
        this.stages = stages;
        this.sessions = sessions;
        this.entrance = entrance;
        this.client = client;
        this.loop = client.eventLoop();
        this.source = (InetSocketAddress) client.remoteAddress();
        this.id = sessions.nextId();
    }

    /** Begins the session; it ends by itself. */
    void start() {
        stages.observer().opened(entrance.name());
        sessions.enter(this);
        attempt(() -> {
            entrance.admit(source.getAddress());
            sessions.admit(this);
            original = entrance.original(client, stages.guard());
            peek();
        });
    }

    /** Ends the session, if it is not over, for a reason of the gateway's own. On the client's event loop only. */
    void stop(CloseReason ifRelaying, CloseReason otherwise) {
        if (relaying != null) {
            relaying.stop(ifRelaying);
        } else {
            refuse(new Refusal(otherwise, ""));
        }
    }

    /** On the client's event loop only. */
    boolean isOver() {
        return over;
    }

    /** What is known so far. On the client's event loop only. */
    LiveSession soFar() {
        SessionReport ifKilled = relaying == null
                ? report(CloseReason.KILLED, "", Optional.empty())
                : report(verdict.reason(), verdict.detail(), Optional.of(relaying.endedBy(CloseReason.KILLED)));
        return new LiveSession(watch.phase(), ifKilled);
    }

    private void peek() {
        watch.enter(Stage.PEEK);
        sessions.peekBegins();
        Future<Peeked> peek = stages.peeker().peek(client, watch.start());
        peek.addListener(done -> sessions.peekEnds());
        await(peek, this::decide);
    }

    private void decide(Peeked whole) {
        peeked = whole;
        hello = whole.hello();
        whole.broken().addListener(broken -> clientGone());
        Request request = entrance.request(source.getAddress(), hello, original);
        port = request.port();
        verdict = stages.policy().get().decide(request);
        Target target = verdict.target().orElseThrow(() -> new Refusal(verdict.reason(), verdict.detail()));
        flight = stages.loops().admit(hello.random(), client, original);
        resolve(target);
    }

    /** Where the client's address is dialled whatever our DNS says, the answer is for the report only, and may be late. */
    private void resolve(Target target) {
        watch.enter(Stage.DNS);
        stages.observer().dialling(entrance.name());
        Future<List<InetAddress>> answer = stages.resolver().resolve(loop, target);
        answer.addListener(
                (FutureListener<List<InetAddress>>) done -> addresses = done.isSuccess() ? done.getNow() : List.of());
        if (target.needsAnswer()) {
            await(answer, found -> connect(target, found));
        } else {
            connect(target, List.of());
        }
    }

    private void connect(Target target, List<InetAddress> found) {
        List<InetAddress> admitted =
                stages.guard().admit(target.candidates(found), target.port(), target.allowPrivate());
        watch.enter(Stage.CONNECT);
        await(stages.dialer().connect(loop, admitted, target.port()), this::relay);
    }

    /** An idle relay may last for hours: from here on nothing of the channels is held. */
    private void relay(Channel connected) {
        watch.enter(Stage.RELAY);
        upstream = (InetSocketAddress) connected.remoteAddress();
        stages.observer().relaying(entrance.name());
        try {
            flight.sends(connected);
            relaying = stages.relay().start(client, connected, peeked.take());
        } catch (Throwable e) {
            connected.close();
            throw e;
        }
        client = null;
        peeked = null;
        await(relaying.end(), end -> finish(verdict.reason(), verdict.detail(), Optional.of(end)));
    }

    /** The client may leave while we look for its server; before that the peek notices, after it the relay. */
    private void clientGone() {
        if (upstream == null) {
            refuse(new Refusal(CloseReason.CLIENT_GONE, "while its server was being dialled"));
        }
    }

    private <T> void await(Future<T> stage, Consumer<T> next) {
        pending = stage;
        stage.addListener((FutureListener<T>) done -> {
            if (over) {
                discard(done.getNow());
            } else if (done.isSuccess()) {
                attempt(() -> next.accept(done.getNow()));
            } else {
                fail(done.cause());
            }
        });
    }

    /** Even an error, such as of memory, must not leave the client without an end. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        refuse(cause instanceof Refusal refusal ? refusal : new Refusal(CloseReason.INTERNAL, cause.toString()));
    }

    /** A dial that won after the client had gone. */
    private static void discard(Object late) {
        if (late instanceof Channel channel) {
            channel.close();
        }
    }

    /** It is over before anything is let go of: the stage and the peek that end here tell of it at once. */
    private void refuse(Refusal refusal) {
        if (over) {
            return;
        }
        over = true;
        if (peeked != null) {
            pending.cancel(false);
            peeked.take().release();
        }
        OnDrop onDrop = verdict == null ? stages.policy().get().onDrop() : verdict.onDrop();
        try {
            stages.farewell().bid(client, refusal, onDrop);
        } finally {
            finish(refusal.reason(), refusal.detail(), Optional.empty());
        }
    }

    /** The end of every session; its place is free again once the client's socket is. */
    private void finish(CloseReason reason, String detail, Optional<RelayEnd> end) {
        over = true;
        if (flight != null) {
            flight.land();
        }
        stages.observer().closed(report(reason, detail, end));
        if (end.isPresent()) {
            sessions.leave(this);
        } else {
            client.closeFuture().addListener(closed -> sessions.leave(this));
        }
    }

    private SessionReport report(CloseReason reason, String detail, Optional<RelayEnd> end) {
        return new SessionReport(
                time,
                id,
                entrance.name(),
                source,
                original,
                port,
                Optional.ofNullable(hello),
                Optional.ofNullable(verdict),
                reason,
                detail,
                addresses,
                Optional.ofNullable(upstream),
                watch.times(),
                end);
    }
}
