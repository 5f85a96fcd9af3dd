package io.peekgate.route;

import io.peekgate.model.OnDrop;
import java.util.Optional;

/**
 * What holds where no rule decides.
 *
 * @param passByDefault whether a name that no rule matches passes
 * @param onDrop how to refuse a client, unless the rule says otherwise
 * @param noSniTarget what to dial for clients that send no name, written as a rule's target; empty to drop them
 */
public record Defaults(boolean passByDefault, OnDrop onDrop, Optional<String> noSniTarget) {}
