package io.peekgate.explain;

import io.peekgate.config.JsonText;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import io.peekgate.route.Explanation;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** An explanation for scripts: the access log's fields, and the steps. */
public final class ExplainedJson {
    private ExplainedJson() {}

    /** One object. */
    public static String of(Explained explained) {
        return JsonText.object(json -> write(json, explained));
    }

    /** Writes the fields into the object that was begun. */
    public static void write(JsonGenerator json, Explained explained) {
        explained.request().ifPresent(request -> write(json, request));
        write(json, explained.steps());
        CloseReason reason = explained.reason();
        explained.verdict().flatMap(Verdict::rule).ifPresent(rule -> json.writeStringProperty("rule", rule));
        json.writeStringProperty("action", reason.action().code());
        json.writeStringProperty("reason", reason.code());
        json.writeStringProperty("sentence", reason.sentence());
        if (!explained.detail().isEmpty()) {
            json.writeStringProperty("detail", explained.detail());
        }
        if (reason.action() != CloseReason.Action.PASS) {
            json.writeStringProperty("advice", reason.advice());
        }
        explained.target().ifPresent(target -> json.writeStringProperty("target", target));
        explained.destination().ifPresent(mode -> json.writeStringProperty("destination", mode));
        if (explained.mismatch()) {
            json.writeBooleanProperty("mismatch", true);
        }
        if (explained.verdict().flatMap(Verdict::wouldDrop).isPresent()) {
            json.writeBooleanProperty("would_drop", true);
        }
        texts(json, "addresses", explained.addresses());
        texts(json, "admitted", explained.admitted());
    }

    private static void texts(JsonGenerator json, String name, List<InetAddress> addresses) {
        if (!addresses.isEmpty()) {
            JsonText.strings(json, name, addresses.stream().map(Addresses::text).toList());
        }
    }

    private static void write(JsonGenerator json, Request request) {
        json.writeStringProperty("listener", request.listener());
        json.writeStringProperty("source", Addresses.text(request.source()));
        request.original().ifPresent(original -> json.writeStringProperty("original", Addresses.text(original)));
        request.name().ifPresent(name -> json.writeStringProperty("sni", name.value()));
        json.writeNumberProperty("port", request.port());
        JsonText.strings(json, "alpn", request.alpn());
        if (request.ech() != ClientHello.Ech.NONE) {
            json.writeStringProperty("ech", request.ech().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void write(JsonGenerator json, List<Explanation.Step> steps) {
        json.writeArrayPropertyStart("steps");
        for (Explanation.Step step : steps) {
            json.writeStartObject();
            json.writeStringProperty("rule", step.rule());
            json.writeStringProperty("origin", step.origin());
            json.writeStringProperty("outcome", step.outcome().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("sentence", step.outcome().sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
