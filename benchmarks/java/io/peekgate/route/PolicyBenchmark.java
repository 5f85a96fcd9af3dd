package io.peekgate.route;

import io.peekgate.Measured;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The policy alone, with few rules and many. */
@State(Scope.Thread)
public class PolicyBenchmark extends Measured {
    /** A power of two, and enough that the entries of a large index are not all in the processor's cache. */
    private static final int REQUESTS = 16_384;

    @Param
    public RuleSet rules;

    private Policy policy;
    private Request[] requests;
    private int next;

    @Setup
    public void compile() {
        policy = rules.policy();
        requests = IntStream.range(0, REQUESTS).mapToObj(rules::request).toArray(Request[]::new);
    }

    @Benchmark
    public Verdict decide() {
        return policy.decide(requests[next++ & REQUESTS - 1]);
    }
}
