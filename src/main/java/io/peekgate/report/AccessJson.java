package io.peekgate.report;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.LiveSession;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import io.peekgate.model.SessionReport.Times;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import java.util.List;

/** Connections as JSON objects, each one line of printable ASCII; absent values are left out. */
public final class AccessJson {
    private AccessJson() {}

    /** The access line. */
    public static String of(SessionReport report) {
        JsonObject line = known(report);
        outcome(line, report);
        dialled(line, report);
        report.end().ifPresent(end -> {
            moved(line, end);
            line.text("end", end.reason().code());
        });
        return decided(line, report).end();
    }

    /** What is known of one that is not over, by the names of the access line, and its phase. */
    public static String of(LiveSession live) {
        SessionReport soFar = live.soFar();
        JsonObject line = known(soFar);
        dialled(line, soFar);
        soFar.end().ifPresent(end -> moved(line, end));
        return decided(line, soFar).text("phase", live.phase().code()).end();
    }

    /** What a client offers, all of it, and how many bytes its hello has. */
    public static String of(ClientHello hello) {
        return new JsonObject()
                .text("sni", name(hello))
                .texts("alpn", hello.alpn())
                .text("tls", hello.tlsVersion())
                .text("ech", AccessText.code(hello.ech()))
                .number("bytes", hello.length())
                .end();
    }

    private static JsonObject known(SessionReport report) {
        JsonObject line = new JsonObject()
                .text("time", Plain.time(report.time()))
                .text("id", report.id())
                .text("listener", report.listener())
                .text("source", Addresses.text(report.source()))
                .text("original", report.original().map(Addresses::text).orElse(""));
        report.hello().ifPresent(hello -> hello(line, hello));
        return line.text("ech", report.ech().map(AccessText::code).orElse(""))
                .text("rule", report.verdict().flatMap(Verdict::rule).orElse(""));
    }

    private static JsonObject decided(JsonObject line, SessionReport report) {
        report.verdict().ifPresent(verdict -> line.number("generation", verdict.generation()));
        return line;
    }

    private static String name(ClientHello hello) {
        return hello.serverName().map(ServerName::value).orElse("");
    }

    private static void hello(JsonObject line, ClientHello hello) {
        line.text("sni", name(hello)).texts("alpn", Plain.few(hello.alpn())).text("tls", hello.tlsVersion());
    }

    private static void outcome(JsonObject line, SessionReport report) {
        CloseReason reason = report.reason();
        line.text("action", reason.action().code())
                .text("reason", reason.code())
                .text("detail", report.detail())
                .text("advice", reason.action() == CloseReason.Action.PASS ? "" : reason.advice());
    }

    private static void dialled(JsonObject line, SessionReport report) {
        List<String> addresses =
                report.addresses().stream().map(Addresses::text).toList();
        Times times = report.times();
        line.flag("would_drop", report.wouldDrop())
                .flag("mismatch", report.mismatch())
                .texts("addresses", addresses)
                .text("upstream", report.upstream().map(Addresses::text).orElse(""))
                .millis("peek_ms", times.peek())
                .millis("dns_ms", times.dns())
                .millis("connect_ms", times.connect())
                .millis("duration_ms", times.total());
    }

    private static void moved(JsonObject line, RelayEnd end) {
        line.number("bytes_up", end.bytesUp())
                .number("bytes_down", end.bytesDown())
                .text("relay", end.kind().code());
    }
}
