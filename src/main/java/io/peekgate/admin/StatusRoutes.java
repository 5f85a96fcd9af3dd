package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.model.CloseReason;
import io.peekgate.net.Addresses;
import io.peekgate.report.Tally;
import io.peekgate.rules.Snapshot;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** How the gateway is, at a glance. */
final class StatusRoutes {
    /** Counting more of them would take too long for those who ask every few seconds. */
    private static final int MOST_COUNTED = 10_000;

    private final Steering steering;
    private final Traffic traffic;

    StatusRoutes(Steering steering, Traffic traffic) {
        this.steering = steering;
        this.traffic = traffic;
    }

    void addTo(Router router, String api) {
        router.get(api + "/status", call -> Answer.json(HttpResponseStatus.OK, JsonText.object(this::write)));
    }

    private void write(JsonGenerator json) {
        program(json);
        listeners(json);
        Tally.Counts counts = traffic.tally().counts();
        connections(json, counts);
        json.writeObjectPropertyStart("bytes");
        json.writeNumberProperty("up", counts.bytesUp());
        json.writeNumberProperty("down", counts.bytesDown());
        json.writeEndObject();
        history(json);
        json.writeObjectPropertyStart("top");
        Top.write(json, traffic.recent().newestFirst().limit(MOST_COUNTED).toList());
        json.writeEndObject();
        steering.lastReload().ifPresent(reload -> reload(json, reload));
        json.writeObjectPropertyStart("log");
        json.writeNumberProperty("lost", steering.linesLost());
        json.writeNumberProperty("recent", traffic.recent().capacity());
        json.writeEndObject();
    }

    private void program(JsonGenerator json) {
        ProxyConfig.Policy policy = steering.config().policy();
        Snapshot rules = steering.rules().current();
        int runtime = rules.rules().rules().size();
        json.writeStringProperty("version", steering.version());
        json.writeStringProperty("time", text(Instant.now()));
        json.writeNumberProperty(
                "uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        json.writeStringProperty("state", steering.isDraining() ? "draining" : "running");
        json.writeNumberProperty("generation", rules.generation());
        json.writeStringProperty("mode", code(policy.mode()));
        json.writeStringProperty("default_action", code(policy.defaultAction()));
        json.writeObjectPropertyStart("rules");
        json.writeNumberProperty("runtime", runtime);
        json.writeNumberProperty("file", rules.policy().rules().size() - runtime);
        json.writeEndObject();
    }

    private void listeners(JsonGenerator json) {
        List<ListenerConfig> listeners = steering.config().listeners();
        List<InetSocketAddress> addresses = steering.addresses();
        json.writeArrayPropertyStart("listeners");
        for (int i = 0; i < Math.min(listeners.size(), addresses.size()); i++) { // a reload may come between
            json.writeStartObject();
            json.writeStringProperty("name", listeners.get(i).name());
            json.writeStringProperty("bind", Addresses.text(addresses.get(i)));
            json.writeStringProperty("type", code(listeners.get(i).type()));
            json.writeStringProperty("capture", code(listeners.get(i).capture()));
            json.writeStringProperty("relay", steering.relay());
            json.writeStringProperty("transport", steering.transport());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void connections(JsonGenerator json, Tally.Counts counts) {
        json.writeObjectPropertyStart("connections");
        json.writeNumberProperty("total", counts.total());
        json.writeNumberProperty("active", counts.active());
        json.writeNumberProperty("peeking", counts.peeking());
        json.writeNumberProperty("dialling", counts.dialling());
        json.writeNumberProperty("relaying", counts.relaying());
        json.writeObjectPropertyStart("actions");
        actions(json, counts);
        json.writeEndObject();
        reasons(json, counts, action -> true);
        json.writeNumberProperty("would_drop", counts.wouldDrop());
        json.writeEndObject();
    }

    private static void actions(JsonGenerator json, Tally.Counts counts) {
        Stream.of(CloseReason.Action.values())
                .forEach(action -> json.writeNumberProperty(action.code(), counts.of(action)));
    }

    private static void reasons(JsonGenerator json, Tally.Counts counts, Predicate<CloseReason.Action> wanted) {
        json.writeObjectPropertyStart("reasons");
        counts.reasons().forEach((reason, count) -> {
            if (wanted.test(reason.action())) {
                json.writeNumberProperty(reason.code(), count);
            }
        });
        json.writeEndObject();
    }

    private void history(JsonGenerator json) {
        json.writeObjectPropertyStart("history");
        json.writeNumberProperty("interval_seconds", History.INTERVAL.toSeconds());
        json.writeArrayPropertyStart("samples");
        for (History.Sample sample : traffic.history().samples()) {
            json.writeStartObject();
            json.writeStringProperty("time", text(sample.time()));
            actions(json, sample.counts());
            json.writeNumberProperty("active", sample.counts().active());
            reasons(json, sample.counts(), action -> action != CloseReason.Action.PASS);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void reload(JsonGenerator json, Steering.Reload reload) {
        json.writeObjectPropertyStart("reload");
        json.writeStringProperty("time", text(reload.time()));
        json.writeStringProperty("cause", reload.cause());
        json.writeBooleanProperty("ok", reload.mistake().isEmpty());
        reload.mistake().ifPresent(mistake -> json.writeStringProperty("detail", mistake));
        json.writeNumberProperty("succeeded", steering.reloaded());
        json.writeNumberProperty("failed", steering.notReloaded());
        json.writeEndObject();
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
