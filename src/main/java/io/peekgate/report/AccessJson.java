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

/** The access line as a JSON object; absent values are left out. */
final class AccessJson {
    private AccessJson() {}

    static String of(SessionReport report) {
        JsonObject line = new JsonObject()
                .text("time", Plain.time(report.time()))
                .text("id", report.id())
                .text("listener", report.listener())
                .text("source", Addresses.text(report.source()))
                .text("original", report.original().map(Addresses::text).orElse(""));
        report.hello().ifPresent(hello -> hello(line, hello));
        line.text("ech", report.ech().map(AccessText::code).orElse(""));
        line.text("rule", report.verdict().flatMap(Verdict::rule).orElse(""));
        outcome(line, report);
        dialled(line, report);
        report.end().ifPresent(end -> relayed(line, end));
        report.verdict().ifPresent(verdict -> line.number("generation", verdict.generation()));
        return line.end();
    }

    private static void hello(JsonObject line, ClientHello hello) {
        line.text("sni", hello.serverName().map(ServerName::value).orElse(""))
                .texts("alpn", Plain.few(hello.alpn()))
                .text("tls", hello.tlsVersion());
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

    private static void relayed(JsonObject line, RelayEnd end) {
        line.number("bytes_up", end.bytesUp())
                .number("bytes_down", end.bytesDown())
                .text("relay", end.kind().code())
                .text("end", end.reason().code());
    }
}
