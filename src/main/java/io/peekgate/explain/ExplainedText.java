package io.peekgate.explain;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import io.peekgate.route.Explanation;
import io.peekgate.rules.Trace;
import java.net.InetAddress;
import java.util.List;

/** An explanation for people. */
public final class ExplainedText {
    private final StringBuilder text = new StringBuilder();

    private ExplainedText() {}

    public static String of(Explained explained) {
        ExplainedText writer = new ExplainedText();
        explained.request().ifPresent(writer::request);
        writer.steps(explained.steps());
        writer.outcome(explained);
        return writer.text.toString().stripTrailing();
    }

    private void request(Request request) {
        Trace.asked(request).forEach(this::line);
    }

    private void steps(List<Explanation.Step> steps) {
        Trace.steps(steps).forEach(this::line);
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
        line(Trace.line(label, value));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String addresses(List<InetAddress> addresses) {
        return String.join(", ", addresses.stream().map(Addresses::text).toList());
    }
}
