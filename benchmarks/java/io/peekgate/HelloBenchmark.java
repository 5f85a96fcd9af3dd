package io.peekgate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.ClientHello;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import io.peekgate.peek.HelloReader;
import io.peekgate.route.Policy;
import io.peekgate.route.RuleSet;
import io.peekgate.testkit.Hellos;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a connection's bytes cost from the socket's buffer to the verdict: framer, parser and a policy of ten rules. Much
 * code to compile, so the warm-up is long.
 */
@State(Scope.Thread)
@Warmup(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class HelloBenchmark extends Measured {
    /** Captured hellos for www.example.com: 517 bytes with the record header, as OpenSSL pads it, and 1,987. */
    @Param({"curl-h2", "chromium"})
    public String client;

    private final HelloReader reader = new HelloReader(32_768, true);
    private final Policy policy = RuleSet.TEN_RULES.policy();
    private final Request sample = RuleSet.TEN_RULES.request(0);
    private ByteBuf bytes;

    @Setup
    public void receive() {
        byte[] hello = Hellos.captured(client);
        bytes = Unpooled.directBuffer(hello.length).writeBytes(hello);
    }

    @Benchmark
    public Verdict hello() {
        ClientHello hello = reader.read(bytes).orElseThrow();
        return policy.decide(new Request(
                sample.listener(),
                sample.source(),
                hello.serverName(),
                sample.port(),
                hello.alpn(),
                sample.original()));
    }
}
