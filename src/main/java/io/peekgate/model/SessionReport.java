package io.peekgate.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection's whole story, told once, at its end.
 *
 * @param time when it was accepted
 * @param id unique within this gateway's run
 * @param listener the listener's name
 * @param source the client's address and port
 * @param original the address and port the client dialled, where an interception tells
 * @param port which the policy was asked about, 1 to 65535; 0 if it was not asked
 * @param hello what the client sent, if it came to that
 * @param verdict what the policy said, if it was asked
 * @param reason why it passed, was refused or failed; of phase ENDED only if it is {@code KILLED}
 *     or {@code INTERNAL} before its relay
 * @param detail for people; may be empty
 * @param addresses what the target resolved to, before the guard
 * @param upstream the address that was connected, if one was
 * @param times how long each stage took
 * @param end how the relay ended; present exactly if it passed
 */
public record SessionReport(
        Instant time,
        String id,
        String listener,
        InetSocketAddress source,
        Optional<InetSocketAddress> original,
        int port,
        Optional<ClientHello> hello,
        Optional<Verdict> verdict,
        CloseReason reason,
        String detail,
        List<InetAddress> addresses,
        Optional<InetSocketAddress> upstream,
        Times times,
        Optional<RelayEnd> end) {

    /** Whether the client dialled another address than our resolver has for the name it sent, as far as both are known. */
    public boolean mismatch() {
        return verdict.flatMap(Verdict::target)
                .filter(target -> target.mismatches(addresses))
                .isPresent();
    }

    /** The kind of Encrypted ClientHello that is to be told of. */
    public Optional<ClientHello.Ech> ech() {
        return hello.map(ClientHello::ech)
                .filter(kind -> kind != ClientHello.Ech.NONE)
                .filter(kind -> verdict.map(Verdict::onEch).orElse(OnEch.FLAG) != OnEch.ALLOW);
    }

    /** Whether it passed only because the policy observes. */
    public boolean wouldDrop() {
        return verdict.flatMap(Verdict::wouldDrop).isPresent();
    }

    /** What the policy was asked, if it was. */
    public Optional<Request> request() {
        return verdict.flatMap(asked -> hello)
                .map(sent -> new Request(
                        listener, source.getAddress(), sent.serverName(), port, sent.alpn(), original, sent.ech()));
    }

    /** Durations in nanoseconds; -1 for a stage that was never entered. */
    public record Times(long peek, long dns, long connect, long total) {}
}
