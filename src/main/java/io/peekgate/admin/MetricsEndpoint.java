package io.peekgate.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.peekgate.report.ProxyMetrics;
import java.util.Collection;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The meters as Prometheus reads them, with {@code /livez} and {@code /readyz} beside them. What it shows is made when
 * it is asked for, out of numbers that stand ready: nothing waits.
 */
public final class MetricsEndpoint implements AutoCloseable {
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Makes the registry; takes some tenths of a second at first, to load what it needs. */
    public MetricsEndpoint() {
        Stream.of(
                        collections,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new JvmInfoMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(this::bind);
        Set<ByteBufAllocator> allocators = Set.of(ByteBufAllocator.DEFAULT, PooledByteBufAllocator.DEFAULT);
        allocators.forEach(allocator -> bind(new NettyAllocatorMetrics((ByteBufAllocatorMetricProvider) allocator)));
    }

    private void bind(MeterBinder binder) {
        binder.bindTo(registry);
    }

    /** The meters of connections, in this registry. */
    public ProxyMetrics proxyMetrics(Collection<String> listeners) {
        return new ProxyMetrics(registry, listeners);
    }

    /** Shows how busy these loops are. */
    public void watch(EventLoopGroup loops) {
        bind(new NettyEventExecutorMetrics(loops));
        int number = 0;
        for (EventExecutor loop : loops) {
            lag(new LoopLag(loop), Integer.toString(number++), registry);
        }
    }

    /** Shows which version runs. */
    public void build(String version) {
        Gauge.builder("peekgate.build.info", () -> 1)
                .description("1; the tag says which version runs")
                .tag("version", version)
                .register(registry);
    }

    /** Shows how many rules in force have this action and come from there. */
    public void rules(String action, String source, LongSupplier count) {
        Gauge.builder("peekgate.rules", count::getAsLong)
                .description("Rules in force")
                .tags("action", action, "source", source)
                .register(registry);
    }

    /** Shows how many reloads had this result. */
    public void reloads(String result, LongSupplier count) {
        FunctionCounter.builder("peekgate.reloads", this, endpoint -> count.getAsLong())
                .description("Reloads of the configuration")
                .tag("result", result)
                .register(registry);
    }

    /** Shows how many pipes are lent to relays. */
    public void pipes(LongSupplier lent) {
        Gauge.builder("peekgate.pipes", lent::getAsLong)
                .description("Pipes in use for splicing")
                .register(registry);
    }

    /** Shows how many access lines were lost. */
    public void linesLost(LongSupplier lost) {
        FunctionCounter.builder("peekgate.log.dropped", this, endpoint -> lost.getAsLong())
                .description("Access lines that were lost, because standard output could not keep up")
                .register(registry);
    }

    private static void lag(LoopLag lag, String number, MeterRegistry registry) {
        Gauge.builder("peekgate.event.loop.lag", lag::seconds)
                .description("How long a task waited for its turn on an event loop")
                .baseUnit("seconds")
                .tag("loop", number)
                .register(registry);
    }

    /**
     * What is to be read here.
     *
     * @param path of the meters
     * @param ready whether new connections are taken
     */
    public Route route(String path, BooleanSupplier ready) {
        Router router = new Router().get(path, call -> meters(), Router.ANY);
        Health.addTo(router, ready);
        return router;
    }

    private Answer meters() {
        return Answer.of(HttpResponseStatus.OK, TEXT_FORMAT, registry.scrape());
    }

    /** Lets go of the virtual machine's notifications. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
