package io.peekgate.model;

import java.util.Optional;

/**
 * What the policy says of a {@link Request}.
 *
 * @param reason {@code RULE}, {@code DEFAULT}, or why it is dropped
 * @param rule the name (else the id) of the rule that decided, if one did
 * @param target what to dial; present exactly if it passes
 * @param onDrop how to refuse the client now, or if the dial fails
 * @param onEch what the rule or the policy makes of Encrypted ClientHello
 * @param wouldDrop why it would have been dropped if the policy were in force, where it only observes
 * @param detail for people: the rule's own reason, or what went wrong; may be empty
 * @param generation of the policy that decided
 */
public record Verdict(
        CloseReason reason,
        Optional<String> rule,
        Optional<Target> target,
        OnDrop onDrop,
        OnEch onEch,
        Optional<CloseReason> wouldDrop,
        String detail,
        long generation) {

    /** The same, decided by a policy of another generation. */
    public Verdict in(long other) {
        return new Verdict(reason, rule, target, onDrop, onEch, wouldDrop, detail, other);
    }
}
