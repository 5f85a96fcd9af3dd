package io.peekgate.report;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import io.peekgate.model.SessionReport.Times;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The access line for people, always with the same columns: the contract's fields in the contract's order, {@code -}
 * for absent. Those that do not explain themselves have a label, and what is read together stands together: {@code ms}
 * is peek, dns, connect and duration, {@code bytes} is up and down. Only the advice leaves its place: it comes last,
 * after a bar, and only if the connection did not pass.
 *
 * <pre>
 * 2026-11-21T12:00:00.123Z 7 egress 10.0.0.9:51234 192.0.2.1:443 www.example.com alpn=h2,http/1.1 tls=1.3 ech=-
 *   rule=bank pass rule "pinned certificate" would_drop=- mismatch=- addresses=192.0.2.1 upstream=192.0.2.1:443
 *   ms=0.8/3.4/10.1/1204 bytes=517/5300 relay=copy end=client_fin generation=1
 * </pre>
 */
final class AccessText {
    private static final String ABSENT = "-";

    private AccessText() {}

    static String of(SessionReport report) {
        String columns = Stream.of(who(report), hello(report), outcome(report), dialled(report), relayed(report))
                .flatMap(group -> group)
                .collect(Collectors.joining(" "));
        return Plain.ascii(columns + advice(report.reason()));
    }

    private static Stream<String> who(SessionReport report) {
        return Stream.of(
                Plain.time(report.time()),
                word(report.id()),
                word(report.listener()),
                Addresses.text(report.source()),
                report.original().map(Addresses::text).orElse(ABSENT));
    }

    private static Stream<String> hello(SessionReport report) {
        Optional<ClientHello> hello = report.hello();
        return Stream.of(
                word(hello.flatMap(ClientHello::serverName)
                        .map(ServerName::value)
                        .orElse("")),
                "alpn=" + list(hello.map(ClientHello::alpn).map(Plain::few).orElse(List.of())),
                "tls=" + word(hello.map(ClientHello::tlsVersion).orElse("")),
                "ech=" + report.ech().map(AccessText::code).orElse(ABSENT));
    }

    /** The kind in both forms of the line. */
    static String code(ClientHello.Ech kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> outcome(SessionReport report) {
        return Stream.of(
                "rule=" + word(report.verdict().flatMap(Verdict::rule).orElse("")),
                report.reason().action().code(),
                report.reason().code(),
                word(report.detail()));
    }

    private static Stream<String> dialled(SessionReport report) {
        Times times = report.times();
        String millis = LongStream.of(times.peek(), times.dns(), times.connect(), times.total())
                .mapToObj(nanos -> nanos < 0 ? ABSENT : Plain.millis(nanos))
                .collect(Collectors.joining("/"));
        return Stream.of(
                "would_drop=" + flag(report.wouldDrop()),
                "mismatch=" + flag(report.mismatch()),
                "addresses="
                        + list(report.addresses().stream().map(Addresses::text).toList()),
                "upstream=" + report.upstream().map(Addresses::text).orElse(ABSENT),
                "ms=" + millis);
    }

    private static Stream<String> relayed(SessionReport report) {
        Optional<RelayEnd> end = report.end();
        return Stream.of(
                "bytes=" + end.map(e -> e.bytesUp() + "/" + e.bytesDown()).orElse("-/-"),
                "relay=" + end.map(e -> e.kind().code()).orElse(ABSENT),
                "end=" + end.map(e -> e.reason().code()).orElse(ABSENT),
                "generation="
                        + report.verdict()
                                .map(v -> Long.toString(v.generation()))
                                .orElse(ABSENT));
    }

    private static String advice(CloseReason reason) {
        return reason.action() == CloseReason.Action.PASS ? "" : " | " + reason.advice();
    }

    private static String flag(boolean holds) {
        return holds ? "true" : ABSENT;
    }

    private static String list(List<String> values) {
        return word(String.join(",", values));
    }

    /**
     * A value as one column: quoted where it could be taken for more than one. Double quotes inside become single ones,
     * so that no value can end its own quotation; the JSON form has the exact text.
     */
    private static String word(String value) {
        if (value.isEmpty()) {
            return ABSENT;
        }
        boolean plain = value.indexOf(' ') < 0 && value.indexOf('"') < 0;
        return plain ? value : '"' + value.replace('"', '\'') + '"';
    }
}
