package io.peekgate.cli;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import io.peekgate.route.Explanation;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** An explanation for people. */
final class ExplainedText {
    private final StringBuilder text = new StringBuilder();

    private ExplainedText() {}

    static String of(Explained explained) {
        ExplainedText writer = new ExplainedText();
        explained.request().ifPresent(writer::request);
        writer.steps(explained.steps());
        writer.outcome(explained);
        return writer.text.toString().stripTrailing();
    }

    private void request(Request request) {
        line(
                "asked",
                request.name().map(Object::toString).orElse("(no SNI)") + ":" + request.port() + " from "
                        + Addresses.text(request.source()) + " through " + request.listener());
        if (!request.alpn().isEmpty()) {
            line("alpn", String.join(", ", request.alpn()));
        }
        if (request.ech() != ClientHello.Ech.NONE) {
            line("ech", request.ech().name().toLowerCase(Locale.ROOT));
        }
        request.original().ifPresent(original -> line("dialled", Addresses.text(original)));
    }

    private void steps(List<Explanation.Step> steps) {
        for (Explanation.Step step : steps) {
            line(
                    "rule",
                    step.rule() + " (" + step.origin() + "): " + step.outcome().sentence());
        }
    }

    private void outcome(Explained explained) {
        explained.verdict().flatMap(Verdict::rule).ifPresent(rule -> line("decided", "by rule " + rule));
        explained.target().ifPresent(target -> line("target", target));
        explained.destination().ifPresent(mode -> line("mode", "destination = " + mode));
        if (!explained.addresses().isEmpty()) {
            line("resolved", addresses(explained.addresses()));
        }
        if (explained.mismatch()) {
            line("mismatch", "the client dialled none of these");
        }
        if (!explained.admitted().isEmpty()) {
            line("guard", "lets through " + addresses(explained.admitted()));
        }
        CloseReason reason = explained.reason();
        line(reason.action().code(), reason.code() + ": " + reason.sentence());
        if (!explained.detail().isEmpty()) {
            line("detail", explained.detail());
        }
        if (reason.action() != CloseReason.Action.PASS) {
            line("advice", reason.advice());
        }
    }

    private void line(String label, String value) {
        text.append(String.format(Locale.ROOT, "%-9s %s%n", label, value));
    }

    private static String addresses(List<InetAddress> addresses) {
        return String.join(", ", addresses.stream().map(Addresses::text).toList());
    }
}
