package io.peekgate.route;

import io.peekgate.model.CloseReason;
import io.peekgate.model.OnEch;
import io.peekgate.model.Request;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import java.util.Optional;

/** What a policy says where no rule decides, and over what one has decided. */
final class LastWord {
    private final Defaults defaults;
    private final Optional<TargetTemplate> noSniTarget;
    private final long generation;

    /**
     * @throws IllegalArgumentException if the target for clients without a name is none
     */
    LastWord(Defaults defaults, long generation) {
        this.defaults = defaults;
        this.noSniTarget = defaults.noSniTarget()
                .filter(text -> !text.equals(Defaults.ORIGINAL))
                .map(text -> TargetTemplate.parse(text, false));
        this.generation = generation;
    }

    /** What rules or defaults say, but for Encrypted ClientHello and for a policy that only observes. */
    Verdict on(Verdict judged, Request request) {
        boolean denied = judged.target().isPresent()
                && judged.onEch() == OnEch.DENY
                && request.ech().mayBeReal();
        Verdict enforced = denied ? refused(judged) : judged;
        return defaults.observe() && enforced.target().isEmpty()
                ? observed(enforced, judged.target().or(() -> dialled(request)))
                : enforced;
    }

    private static Verdict refused(Verdict passed) {
        return new Verdict(
                CloseReason.ECH_DENIED,
                passed.rule(),
                Optional.empty(),
                passed.onDrop(),
                passed.onEch(),
                Optional.empty(),
                passed.detail(),
                passed.generation());
    }

    /** Where there is nothing to dial, it stays a drop. */
    private static Verdict observed(Verdict dropped, Optional<Target> target) {
        if (target.isEmpty()) {
            return dropped;
        }
        String why = dropped.detail().isEmpty() ? "" : ": " + dropped.detail();
        return new Verdict(
                dropped.rule().isPresent() ? CloseReason.RULE : CloseReason.DEFAULT,
                dropped.rule(),
                target,
                dropped.onDrop(),
                dropped.onEch(),
                Optional.of(dropped.reason()),
                "would be " + dropped.reason().code() + why,
                dropped.generation());
    }

    /** What the client means to reach, as if there were no rules. */
    private Optional<Target> dialled(Request request) {
        return request.name().isPresent()
                ? new Subject(request, request.name().get()).target(defaults.destination(), false)
                : original(request);
    }

    /** Of a client that sends no name. */
    Verdict withoutName(Request request) {
        Optional<Target> target =
                isNoSniOriginal() ? original(request) : noSniTarget.map(fixed -> fixed.at(request.port()));
        String detail = isNoSniOriginal() ? "no-sni = original, and nothing tells what the client dialled" : "";
        Verdict judged = target.isPresent()
                ? verdict(CloseReason.DEFAULT, target, "")
                : verdict(CloseReason.NO_SNI, target, detail);
        return on(judged, request);
    }

    private static Optional<Target> original(Request request) {
        return request.original().map(dialled -> new Target.Fixed(dialled.getAddress(), dialled.getPort(), false));
    }

    private boolean isNoSniOriginal() {
        return defaults.noSniTarget().filter(Defaults.ORIGINAL::equals).isPresent();
    }

    /** Of a client for whose name no rule decides. */
    Verdict byDefault(Subject subject, Request request) {
        return on(byDefault(subject), request);
    }

    private Verdict byDefault(Subject subject) {
        if (!defaults.passByDefault()) {
            return verdict(CloseReason.DEFAULT_DROP, Optional.empty(), "");
        }
        Optional<Target> target = subject.target(defaults.destination(), false);
        return target.isPresent()
                ? verdict(CloseReason.DEFAULT, target, "")
                : verdict(CloseReason.NOT_REDIRECTED, target, Defaults.missing(defaults.destination()));
    }

    private Verdict verdict(CloseReason reason, Optional<Target> target, String detail) {
        return new Verdict(
                reason,
                Optional.empty(),
                target,
                defaults.onDrop(),
                defaults.ech(),
                Optional.empty(),
                detail,
                generation);
    }
}
