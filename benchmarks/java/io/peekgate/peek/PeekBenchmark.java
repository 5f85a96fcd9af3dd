package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.Measured;
import io.peekgate.model.ClientHello;
import io.peekgate.testkit.Hellos;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The two halves of reading a hello, each alone. */
@State(Scope.Thread)
public class PeekBenchmark extends Measured {
    @Param({"curl-h2", "chromium"})
    public String client;

    private final HelloFramer framer = new HelloFramer(32_768);
    private ByteBuf bytes;
    private byte[] message;

    @Setup
    public void receive() {
        byte[] hello = Hellos.captured(client);
        bytes = Unpooled.directBuffer(hello.length).writeBytes(hello);
        message = Hellos.message(hello);
    }

    @Benchmark
    public Optional<byte[]> framer() {
        return framer.frame(bytes);
    }

    @Benchmark
    @Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
    public ClientHello parser() {
        return HelloParser.parse(message);
    }
}
