package io.peekgate.server;

import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.HappyEyeballs;
import io.peekgate.dial.LoopGuard;
import io.peekgate.dial.Resolver;
import io.peekgate.peek.Peeker;
import io.peekgate.relay.Relay;
import io.peekgate.report.SessionObserver;
import io.peekgate.route.Policy;
import java.util.function.Supplier;

/**
 * What a session is led through, in the order of a connection's life.
 *
 * @param policy the policy in force; each session asks once, so that one generation decides it
 */
public record Stages(
        Peeker peeker,
        Supplier<Policy> policy,
        LoopGuard loops,
        Resolver resolver,
        AddressGuard guard,
        HappyEyeballs dialer,
        Relay relay,
        Farewell farewell,
        SessionObserver observer) {}
