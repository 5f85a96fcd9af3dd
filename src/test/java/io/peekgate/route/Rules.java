package io.peekgate.route;

import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.route.Rule.Action;
import io.peekgate.route.Rule.Action.Kind;
import io.peekgate.route.Rule.Conditions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes rules and requests in a line each. Every setter gives a copy. */
final class Rules {
    static final Defaults DROP =
            new Defaults(false, OnDrop.ALERT, Optional.empty(), Destination.RESOLVE, OnEch.FLAG, false);
    static final Defaults PASS =
            new Defaults(true, OnDrop.ALERT, Optional.empty(), Destination.RESOLVE, OnEch.FLAG, false);

    private Rules() {}

    static Defaults observing(Defaults d) {
        return new Defaults(d.passByDefault(), d.onDrop(), d.noSniTarget(), d.destination(), d.ech(), true);
    }

    static Defaults onEch(OnEch ech, Defaults d) {
        return new Defaults(d.passByDefault(), d.onDrop(), d.noSniTarget(), d.destination(), ech, d.observe());
    }

    static RuleDraft pass(String... match) {
        return RuleDraft.of(Kind.PASS, match);
    }

    static RuleDraft drop(String... match) {
        return RuleDraft.of(Kind.DROP, match);
    }

    static Policy policy(Defaults defaults, RuleDraft... drafts) {
        List<Rule> rules = Stream.of(drafts).map(RuleDraft::rule).toList();
        return Policy.compile(rules, defaults, 7);
    }

    /** A request for a name on port 443, from 10.1.2.3, without ALPN or original destination. */
    static RequestDraft ask(String name) {
        return new RequestDraft(Optional.of(name), 443, "10.1.2.3", List.of(), "egress", Optional.empty(), Ech.NONE);
    }

    static RequestDraft askWithoutName() {
        return new RequestDraft(Optional.empty(), 443, "10.1.2.3", List.of(), "egress", Optional.empty(), Ech.NONE);
    }

    /** No name in tests is looked up: only literals are given. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    record RequestDraft(
            Optional<String> name,
            int port,
            String source,
            List<String> alpn,
            String listener,
            Optional<InetSocketAddress> original,
            Ech ech) {

        RequestDraft port(int value) {
            return new RequestDraft(name, value, source, alpn, listener, original, ech);
        }

        RequestDraft source(String value) {
            return new RequestDraft(name, port, value, alpn, listener, original, ech);
        }

        RequestDraft alpn(String... value) {
            return new RequestDraft(name, port, source, List.of(value), listener, original, ech);
        }

        RequestDraft listener(String value) {
            return new RequestDraft(name, port, source, alpn, value, original, ech);
        }

        RequestDraft original(String ip, int originalPort) {
            InetSocketAddress value = new InetSocketAddress(address(ip), originalPort);
            return new RequestDraft(name, port, source, alpn, listener, Optional.of(value), ech);
        }

        RequestDraft ech(Ech value) {
            return new RequestDraft(name, port, source, alpn, listener, original, value);
        }

        Request request() {
            return new Request(listener, address(source), name.map(ServerName::of), port, alpn, original, ech);
        }
    }

    record RuleDraft(Rule rule) {
        static RuleDraft of(Kind kind, String... match) {
            Conditions conditions = new Conditions(
                    match.length == 0 ? Optional.empty() : Optional.of(List.of(match)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
            Action action =
                    new Action(kind, Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
            return new RuleDraft(new Rule("r1", Optional.empty(), conditions, action, true, "", "test.conf:1"));
        }

        RuleDraft named(String name) {
            return new RuleDraft(new Rule(
                    rule.id(),
                    Optional.of(name),
                    rule.conditions(),
                    rule.action(),
                    rule.enabled(),
                    rule.reason(),
                    rule.origin()));
        }

        RuleDraft because(String reason) {
            return new RuleDraft(new Rule(
                    rule.id(), rule.name(), rule.conditions(), rule.action(), rule.enabled(), reason, rule.origin()));
        }

        RuleDraft disabled() {
            return new RuleDraft(new Rule(
                    rule.id(), rule.name(), rule.conditions(), rule.action(), false, rule.reason(), rule.origin()));
        }

        RuleDraft matching(List<String> match) {
            Conditions c = rule.conditions();
            return with(
                    new Conditions(Optional.of(match), c.except(), c.ports(), c.sources(), c.alpn(), c.listeners()));
        }

        RuleDraft except(String... except) {
            Conditions c = rule.conditions();
            return with(new Conditions(c.match(), List.of(except), c.ports(), c.sources(), c.alpn(), c.listeners()));
        }

        RuleDraft ports(Integer... ports) {
            Conditions c = rule.conditions();
            return with(new Conditions(c.match(), c.except(), List.of(ports), c.sources(), c.alpn(), c.listeners()));
        }

        RuleDraft sources(String... sources) {
            Conditions c = rule.conditions();
            return with(new Conditions(c.match(), c.except(), c.ports(), List.of(sources), c.alpn(), c.listeners()));
        }

        RuleDraft alpn(String... alpn) {
            Conditions c = rule.conditions();
            return with(new Conditions(c.match(), c.except(), c.ports(), c.sources(), List.of(alpn), c.listeners()));
        }

        RuleDraft listeners(String... listeners) {
            Conditions c = rule.conditions();
            return with(new Conditions(c.match(), c.except(), c.ports(), c.sources(), c.alpn(), List.of(listeners)));
        }

        RuleDraft target(String target) {
            Action a = rule.action();
            return with(
                    new Action(a.kind(), Optional.of(target), a.allowPrivate(), a.onDrop(), a.destination(), a.ech()));
        }

        RuleDraft allowPrivate() {
            Action a = rule.action();
            return with(new Action(a.kind(), a.target(), true, a.onDrop(), a.destination(), a.ech()));
        }

        RuleDraft destination(Destination destination) {
            Action a = rule.action();
            return with(
                    new Action(a.kind(), a.target(), a.allowPrivate(), a.onDrop(), Optional.of(destination), a.ech()));
        }

        RuleDraft onDrop(OnDrop onDrop) {
            Action a = rule.action();
            return with(
                    new Action(a.kind(), a.target(), a.allowPrivate(), Optional.of(onDrop), a.destination(), a.ech()));
        }

        RuleDraft ech(OnEch ech) {
            Action a = rule.action();
            return with(
                    new Action(a.kind(), a.target(), a.allowPrivate(), a.onDrop(), a.destination(), Optional.of(ech)));
        }

        private RuleDraft with(Conditions conditions) {
            return new RuleDraft(new Rule(
                    rule.id(), rule.name(), conditions, rule.action(), rule.enabled(), rule.reason(), rule.origin()));
        }

        private RuleDraft with(Action action) {
            return new RuleDraft(new Rule(
                    rule.id(), rule.name(), rule.conditions(), action, rule.enabled(), rule.reason(), rule.origin()));
        }
    }
}
