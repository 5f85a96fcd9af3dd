package io.peekgate.explain;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.Request;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import io.peekgate.net.Addresses;
import io.peekgate.route.Explanation;
import io.peekgate.route.Policy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What would become of a connection.
 *
 * @param request what the policy was asked; empty if it did not come to that
 * @param steps the rules on the way to the verdict
 * @param verdict what the policy said; empty if it was not asked
 * @param addresses what the target resolves to; empty if nobody asked
 * @param admitted those of them that the guard lets through
 * @param refusal why another stage than the policy says no
 */
public record Explained(
        Optional<Request> request,
        List<Explanation.Step> steps,
        Optional<Verdict> verdict,
        List<InetAddress> addresses,
        List<InetAddress> admitted,
        Optional<Refusal> refusal) {

    /**
     * Asks the stages in the order in which a connection comes to them.
     *
     * @throws TimeoutException as {@link Probe#resolve}
     */
    public static Explained of(Question question, Policy policy, Probe probe)
            throws InterruptedException, TimeoutException {
        Explained explained;
        try {
            probe.enter(question.listener(), question.source());
            Request request = question.request(probe);
            probe.ask(question.listener(), request.port());
            explained = of(policy, request);
        } catch (Refusal refusal) {
            return of(refusal);
        }
        return question.resolve() ? explained.resolved(probe) : explained;
    }

    private static Explained of(Refusal refusal) {
        return new Explained(Optional.empty(), List.of(), Optional.empty(), List.of(), List.of(), Optional.of(refusal));
    }

    /** What the policy alone says. */
    public static Explained of(Policy policy, Request request) {
        Explanation explanation = policy.explain(request);
        return new Explained(
                Optional.of(request),
                explanation.steps(),
                Optional.of(explanation.verdict()),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** This, and what DNS and the guard say of the target, if it has one. */
    private Explained resolved(Probe probe) throws InterruptedException, TimeoutException {
        Optional<Target> target = verdict.flatMap(Verdict::target);
        if (target.isEmpty()) {
            return this;
        }
        List<InetAddress> found = List.of();
        try {
            found = answer(probe, target.get());
            return with(found, probe.admit(found, target.get()), Optional.empty());
        } catch (Refusal no) {
            return with(found, List.of(), Optional.of(no));
        }
    }

    private static List<InetAddress> answer(Probe probe, Target target) throws InterruptedException, TimeoutException {
        try {
            return probe.resolve(target);
        } catch (Refusal unanswered) {
            if (target.needsAnswer()) {
                throw unanswered;
            }
            return List.of();
        }
    }

    /** Whether the client dialled another address than DNS has for the name, as far as somebody asked. */
    boolean mismatch() {
        return verdict.flatMap(Verdict::target)
                .filter(target -> target.mismatches(addresses))
                .isPresent();
    }

    /** Whose address counts, where there is a choice. */
    Optional<String> destination() {
        return verdict.flatMap(Verdict::target)
                .filter(Target.Dialled.class::isInstance)
                .map(target -> ((Target.Dialled) target).destination().name())
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private Explained with(List<InetAddress> found, List<InetAddress> let, Optional<Refusal> no) {
        return new Explained(request, steps, verdict, found, let, no);
    }

    public CloseReason reason() {
        return refusal.map(Refusal::reason)
                .orElseGet(() -> verdict.orElseThrow().reason());
    }

    String detail() {
        return refusal.map(Refusal::detail)
                .orElseGet(() -> verdict.orElseThrow().detail());
    }

    public CloseReason.Action action() {
        return reason().action();
    }

    /** The target as it would be dialled. */
    Optional<String> target() {
        return verdict.flatMap(Verdict::target).map(Explained::text);
    }

    private static String text(Target target) {
        if (target instanceof Target.Named named) {
            return named.name() + ":" + named.port();
        }
        if (target instanceof Target.Fixed fixed) {
            return Addresses.text(new InetSocketAddress(fixed.address(), fixed.port()));
        }
        Target.Dialled dialled = (Target.Dialled) target;
        return dialled.needsAnswer() ? dialled.name() + ":" + dialled.port() : Addresses.text(dialled.original());
    }
}
