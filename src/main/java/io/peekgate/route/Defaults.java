package io.peekgate.route;

import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import java.util.Locale;
import java.util.Optional;

/**
 * What holds where no rule decides.
 *
 * @param passByDefault whether a name that no rule matches passes
 * @param onDrop how to refuse a client, unless the rule says otherwise
 * @param noSniTarget what to dial for clients that send no name: a name or address with its port, or {@link #ORIGINAL};
 *     empty to drop them
 * @param destination whose address counts, unless the rule says otherwise
 * @param ech what to make of Encrypted ClientHello, unless the rule says otherwise
 * @param observe whether what the policy would drop passes all the same, and is told of
 */
public record Defaults(
        boolean passByDefault,
        OnDrop onDrop,
        Optional<String> noSniTarget,
        Destination destination,
        OnEch ech,
        boolean observe) {
    /** What the client dialled. */
    public static final String ORIGINAL = "original";

    /** Why a destination mode refuses a connection of which nothing tells what the client dialled. */
    static String missing(Destination destination) {
        return "destination = " + word(destination);
    }

    /** As it is written in the configuration. */
    static String word(Destination destination) {
        return destination.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
