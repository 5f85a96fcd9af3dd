package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.peekgate.boot.Gateway;
import io.peekgate.boot.Metering;
import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole gateway in this process with its meters served, both on free ports of 127.0.0.1. */
public final class MeteredGateway implements AutoCloseable {
    private static final int SECONDS = 20;

    private final RecordingObserver observer = new RecordingObserver();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Metering metering;
    private final Gateway gateway;
    private final InetSocketAddress meters;

    /**
     * Starts both.
     *
     * @param overrides of the built-in defaults, as after {@code --set}
     */
    public MeteredGateway(String... overrides) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("listeners=[{ bind = \"127.0.0.1:0\" }]", "metrics.bind=\"127.0.0.1:0\""));
        all.addAll(List.of(overrides));
        ProxyConfig config = ConfigLoader.load(List.of(), all);
        metering = new Metering(config);
        gateway = Gateway.start(config, SessionObserver.all(metering.beside(observer)));
        metering.start(gateway, "1.2.3", new Metering.Counts(() -> 7, () -> 0, () -> 0));
        meters = metering.bound().get(SECONDS, TimeUnit.SECONDS);
    }

    public Gateway gateway() {
        return gateway;
    }

    public RecordingObserver observer() {
        return observer;
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return gateway.addresses().get(0);
    }

    /** Where the meters are served. */
    public InetSocketAddress meters() {
        return meters;
    }

    /** What is there at a path of the meters' server. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + meters.getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(SECONDS)).build(), BodyHandlers.ofString());
    }

    public Scrape scrape() throws IOException, InterruptedException {
        return Scrape.parse(get("/metrics").body());
    }

    /** Sends these bytes to the meters' server and gives what comes until it closes. */
    public String say(String bytes) throws IOException {
        try (Socket socket = new Socket(meters.getAddress(), meters.getPort())) {
            socket.setSoTimeout(SECONDS * 1000);
            socket.getOutputStream().write(Bytes.latin1(bytes));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Override
    public void close() throws Exception {
        gateway.drain().await(SECONDS, TimeUnit.SECONDS);
        gateway.close();
        metering.close();
    }
}
