package io.peekgate.report;

import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import io.peekgate.model.SessionReport.Times;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stories of connections, as the tests tell them. */
public final class Reports {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.120Z");
    static final InetSocketAddress CLIENT = socket("10.0.0.9", 51234);

    private static final ClientRandom RANDOM = new ClientRandom(1, 2, 3, 4);

    private Reports() {}

    public static SessionReport passed() {
        return passed(CloseReason.CLIENT_FIN);
    }

    public static SessionReport passed(CloseReason end) {
        return new SessionReport(
                NOON,
                "7",
                "egress",
                CLIENT,
                Optional.of(socket("2001:db8:0:0::1", 443)),
                443,
                hello(Ech.OUTER),
                verdict(CloseReason.RULE, "bank"),
                CloseReason.RULE,
                "pinned certificate",
                List.of(address("192.0.2.1"), address("2001:db8::1")),
                Optional.of(socket("192.0.2.1", 443)),
                new Times(812_000, 3_400_400, 10_000_000, 1_204_000_499),
                Optional.of(new RelayEnd(end, 517, 5300, RelayEnd.Kind.COPY)));
    }

    /** One that a policy in force would have dropped, and that allows ECH without a word. */
    static SessionReport observed() {
        SessionReport passed = passed();
        Verdict verdict = new Verdict(
                CloseReason.RULE,
                Optional.of("bank"),
                passed.verdict().orElseThrow().target(),
                OnDrop.ALERT,
                OnEch.ALLOW,
                Optional.of(CloseReason.RULE_DROP),
                "would be rule_drop",
                3);
        return new SessionReport(
                NOON,
                "9",
                "egress",
                CLIENT,
                Optional.empty(),
                443,
                hello(Ech.OUTER),
                Optional.of(verdict),
                CloseReason.RULE,
                verdict.detail(),
                passed.addresses(),
                passed.upstream(),
                passed.times(),
                passed.end());
    }

    /** One whose client dialled 192.0.2.9, which our DNS does not have for the name. */
    static SessionReport mismatched() {
        InetSocketAddress dialled = socket("192.0.2.9", 443);
        Target target = new Target.Dialled(ServerName.of("www.example.com"), dialled, Destination.STRICT, false);
        return new SessionReport(
                NOON,
                "8",
                "egress",
                CLIENT,
                Optional.of(dialled),
                443,
                hello(Ech.NONE),
                Optional.of(new Verdict(
                        CloseReason.RULE,
                        Optional.of("bank"),
                        Optional.of(target),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        "",
                        3)),
                CloseReason.DESTINATION_MISMATCH,
                "",
                List.of(address("192.0.2.1")),
                Optional.empty(),
                new Times(812_000, 0, -1, 901_500),
                Optional.empty());
    }

    public static SessionReport dropped() {
        return new SessionReport(
                NOON,
                "8",
                "egress",
                CLIENT,
                Optional.empty(),
                443,
                hello(Ech.NONE),
                verdict(CloseReason.RULE_DROP, "ads"),
                CloseReason.RULE_DROP,
                "",
                List.of(),
                Optional.empty(),
                new Times(812_000, -1, -1, 901_500),
                Optional.empty());
    }

    public static SessionReport failed() {
        return new SessionReport(
                NOON,
                "9",
                "egress",
                CLIENT,
                Optional.empty(),
                443,
                hello(Ech.NONE),
                verdict(CloseReason.DEFAULT, null),
                CloseReason.CONNECT_REFUSED,
                "",
                List.of(address("192.0.2.1")),
                Optional.empty(),
                new Times(812_000, 0, 2_000_000, 3_000_000),
                Optional.empty());
    }

    static SessionReport misuse() {
        return refused(CloseReason.HTTP_CONNECT, CLIENT.getAddress(), "CONNECT \"example.com:443\"");
    }

    static SessionReport refused(CloseReason reason, InetAddress source, String detail) {
        return named("10", "egress", new InetSocketAddress(source, 51234), reason, detail);
    }

    /** One whose every free text is the same. */
    public static SessionReport saying(String text) {
        return new SessionReport(
                NOON,
                text,
                text,
                CLIENT,
                Optional.empty(),
                443,
                Optional.of(new ClientHello(Optional.empty(), List.of(text, text), text, Ech.NONE, 512, RANDOM)),
                verdict(CloseReason.RULE_DROP, text),
                CloseReason.RULE_DROP,
                text,
                List.of(),
                Optional.empty(),
                new Times(1, -1, -1, 1),
                Optional.empty());
    }

    /** One that a rule let pass to nowhere. */
    static SessionReport hitting(String rule) {
        return visited("www.example.com", CLIENT, Optional.of(rule));
    }

    /** One of a client, for a name, that no other number has. */
    public static SessionReport visit(int number) {
        InetSocketAddress client = socket("10.1." + number / 250 + "." + number % 250, 1024 + number);
        return visited("host-" + number + ".example", client, Optional.empty());
    }

    private static SessionReport visited(String name, InetSocketAddress client, Optional<String> rule) {
        return new SessionReport(
                NOON,
                name,
                "egress",
                client,
                Optional.of(client),
                443,
                Optional.of(
                        new ClientHello(Optional.of(ServerName.of(name)), List.of(name), "1.3", Ech.NONE, 512, RANDOM)),
                Optional.of(new Verdict(
                        rule.isPresent() ? CloseReason.RULE_DROP : CloseReason.DEFAULT_DROP,
                        rule,
                        Optional.empty(),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        name,
                        3)),
                rule.isPresent() ? CloseReason.RULE_DROP : CloseReason.DEFAULT_DROP,
                name,
                List.of(),
                Optional.empty(),
                new Times(812_000, -1, -1, 901_500),
                Optional.empty());
    }

    public static SessionReport numbered(int id) {
        return named(Integer.toString(id), "egress", CLIENT, CloseReason.NO_SNI, "");
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SessionReport named(
            String id, String listener, InetSocketAddress source, CloseReason reason, String detail) {
        return new SessionReport(
                NOON,
                id,
                listener,
                source,
                Optional.empty(),
                443,
                Optional.empty(),
                Optional.empty(),
                reason,
                detail,
                List.of(),
                Optional.empty(),
                new Times(-1, -1, -1, 400_000),
                Optional.empty());
    }

    private static Optional<ClientHello> hello(Ech ech) {
        return Optional.of(new ClientHello(
                Optional.of(ServerName.of("www.example.com")), List.of("h2", "http/1.1"), "1.3", ech, 512, RANDOM));
    }

    private static Optional<Verdict> verdict(CloseReason reason, String rule) {
        return Optional.of(new Verdict(
                reason,
                Optional.ofNullable(rule),
                Optional.empty(),
                OnDrop.ALERT,
                OnEch.FLAG,
                Optional.empty(),
                "unused here",
                3));
    }

    private static InetSocketAddress socket(String host, int port) {
        return new InetSocketAddress(address(host), port);
    }
}
