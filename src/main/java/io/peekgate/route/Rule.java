package io.peekgate.route;

import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import java.util.List;
import java.util.Optional;

/**
 * One rule as its author wrote it. {@link Policy#compile} checks it.
 *
 * @param id what the API knows it by
 * @param name what people know it by, if they gave it one
 * @param reason why it is there, in its author's words; may be empty
 * @param origin where it was written, as {@code file:line}
 */
public record Rule(
        String id,
        Optional<String> name,
        Conditions conditions,
        Action action,
        boolean enabled,
        String reason,
        String origin) {

    /** What logs call it: its name, else its id. */
    public String label() {
        return name.orElse(id);
    }

    /**
     * What must hold for the rule to match: all of them, where what is empty always holds, but for {@code match}.
     *
     * @param match patterns, of which one must match the name: host patterns, or {@code ~} and a regular expression;
     *     absent if any name will do, which is not the same as an empty list (an empty match-file), that matches none.
     *     The list is not copied, since it may be long: it must never change
     * @param except patterns, of which none may match
     * @param ports the client may have dialled, 1 to 65535
     * @param sources the client may come from: addresses, CIDR, {@code loopback}, {@code private}, {@code any}
     * @param alpn protocols, of which the client must offer one
     * @param listeners names of those it may have come through
     */
    public record Conditions(
            Optional<List<String>> match,
            List<String> except,
            List<Integer> ports,
            List<String> sources,
            List<String> alpn,
            List<String> listeners) {

        public Conditions {
            except = List.copyOf(except);
            ports = List.copyOf(ports);
            sources = List.copyOf(sources);
            alpn = List.copyOf(alpn);
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * What a match leads to.
     *
     * @param target what to dial instead of the name: {@code host}, {@code host:port}, {@code ip}, {@code ip:port} or
     *     {@code [v6]:port}; without a port, the one that the client dialled. Only where it passes
     * @param allowPrivate opens private and special-purpose addresses. Only where it passes
     * @param onDrop how to refuse the client, here or if the dial fails; else as the policy's default
     * @param destination whose address counts; else as the policy's default. Only where it passes, without a target
     * @param ech what to make of Encrypted ClientHello; else as the policy's default. Only where it passes
     */
    public record Action(
            Kind kind,
            Optional<String> target,
            boolean allowPrivate,
            Optional<OnDrop> onDrop,
            Optional<Destination> destination,
            Optional<OnEch> ech) {

        /** Whether the connection goes on. */
        public enum Kind {
            PASS,
            DROP
        }
    }
}
