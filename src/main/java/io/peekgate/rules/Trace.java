package io.peekgate.rules;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.net.Addresses;
import io.peekgate.route.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a policy came to its verdict, for people: a line for each thing, with a label before it. */
public final class Trace {
    private final List<String> lines = new ArrayList<>();

    private Trace() {}

    /** What was asked, each rule on the way, and the verdict. */
    static List<String> of(Request request, Explanation explanation) {
        Trace trace = new Trace();
        trace.lines.addAll(asked(request));
        trace.lines.addAll(steps(explanation.steps()));
        explanation.verdict().rule().ifPresent(rule -> trace.add("decided", "by rule " + rule));
        CloseReason reason = explanation.verdict().reason();
        trace.add(reason.action().code(), reason.code() + ": " + reason.sentence());
        return trace.lines;
    }

    /** What the policy was asked. */
    public static List<String> asked(Request request) {
        Trace trace = new Trace();
        String name = request.name().map(Object::toString).orElse("(no SNI)");
        trace.add(
                "asked",
                name + ":" + request.port() + " from " + Addresses.text(request.source()) + " through "
                        + request.listener());
        if (!request.alpn().isEmpty()) {
            trace.add("alpn", String.join(", ", request.alpn()));
        }
        if (request.ech() != ClientHello.Ech.NONE) {
            trace.add("ech", request.ech().name().toLowerCase(Locale.ROOT));
        }
        request.original().ifPresent(original -> trace.add("dialled", Addresses.text(original)));
        return trace.lines;
    }

    /** Each rule that was asked, and what it said. */
    public static List<String> steps(List<Explanation.Step> steps) {
        return steps.stream()
                .map(step -> line(
                        "rule",
                        step.rule() + " (" + step.origin() + "): "
                                + step.outcome().sentence()))
                .toList();
    }

    /** A line of a trace. */
    public static String line(String label, String value) {
        return String.format(Locale.ROOT, "%-9s %s", label, value);
    }

    private void add(String label, String value) {
        lines.add(line(label, value));
    }
}
