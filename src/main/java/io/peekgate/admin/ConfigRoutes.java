package io.peekgate.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.InvalidConfigException;
import io.peekgate.config.JsonText;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RequestJson;
import io.peekgate.config.Setting;
import io.peekgate.route.Policy;
import io.peekgate.rules.InvalidRulesException;
import io.peekgate.rules.RuleFinding;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.Snapshot;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/** The configuration in force and as its files are now, and what can be told to the gateway as a whole. */
final class ConfigRoutes {
    private static final String CAUSE = "the admin API";
    private static final String MODE = "policy.mode";

    private final Steering steering;
    private final SlowCalls slow;

    ConfigRoutes(Steering steering, SlowCalls slow) {
        this.steering = steering;
        this.slow = slow;
    }

    void addTo(Router router, String api) {
        router.get(api + "/config", call -> show())
                .on(HttpMethod.POST, api + "/config:check", call -> slow.make(this::check))
                .on(HttpMethod.POST, api + "/config:reload", call -> slow.make(this::reload))
                .on(HttpMethod.PUT, api + "/policy/mode", call -> slow.make(() -> mode(call)))
                .on(HttpMethod.POST, api + "/drain", call -> drain());
    }

    private Answer show() {
        Loaded loaded = steering.loaded();
        List<String> files =
                loaded.files().stream().map(Path::toString).sorted().toList();
        return Answer.json(HttpResponseStatus.OK, JsonText.object(json -> {
            JsonText.strings(json, "files", files);
            json.writeArrayPropertyStart("settings");
            loaded.settings().forEach(setting -> write(json, inForce(setting)));
            json.writeEndArray();
        }));
    }

    /** The mode may be another one than was loaded. */
    private Setting inForce(Setting setting) {
        String mode = '"' + code(steering.config().policy().mode()) + '"';
        return setting.key().equals(MODE) && !setting.value().equals(mode) ? new Setting(MODE, mode, CAUSE) : setting;
    }

    private static String code(ProxyConfig.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonGenerator json, Setting setting) {
        json.writeStartObject();
        json.writeStringProperty("key", setting.key());
        json.writeStringProperty("value", setting.value());
        json.writeStringProperty("origin", setting.origin());
        json.writeEndObject();
    }

    private Answer check() {
        return Answer.json(HttpResponseStatus.OK, checked());
    }

    private String checked() {
        try {
            ProxyConfig config = steering.load().config();
            Policy policy = RuleStore.open(config).current().policy();
            List<RuleFinding> findings = new ArrayList<>(RuleFinding.in(policy));
            findings.addAll(RuleFinding.counted(steering.rules().current().policy(), policy));
            return RuleFinding.json(List.of(), findings);
        } catch (InvalidConfigException | InvalidRulesException | UncheckedIOException problems) {
            return RuleFinding.json(problems.getMessage().lines().toList(), List.of());
        }
    }

    private Answer reload() {
        Snapshot now = reloaded(() -> steering.reload(CAUSE));
        String answer = JsonText.object(json -> json.writeNumberProperty("generation", now.generation()));
        return Answer.json(HttpResponseStatus.OK, answer).noting("generation " + now.generation());
    }

    private static Snapshot reloaded(Supplier<Snapshot> reload) {
        try {
            return reload.get();
        } catch (RuntimeException refused) { // it is logged where the reload is done
            throw new Problem(
                    HttpResponseStatus.UNPROCESSABLE_ENTITY,
                    refused.getMessage() == null ? refused.toString() : refused.getMessage());
        }
    }

    private Answer mode(Call call) {
        ProxyConfig.Mode mode = RequestJson.mode(call.body());
        Snapshot now = reloaded(() -> steering.mode(mode));
        String answer = JsonText.object(json -> {
            json.writeStringProperty("mode", code(mode));
            json.writeNumberProperty("generation", now.generation());
        });
        return Answer.json(HttpResponseStatus.OK, answer).noting("mode " + code(mode));
    }

    private Answer drain() {
        steering.drain();
        return Answer.of(HttpResponseStatus.ACCEPTED, "", "").noting("draining");
    }
}
