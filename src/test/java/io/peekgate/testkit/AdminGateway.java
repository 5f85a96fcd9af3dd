package io.peekgate.testkit;

import io.peekgate.boot.Administration;
import io.peekgate.boot.Gateway;
import io.peekgate.boot.GatewaySteering;
import io.peekgate.boot.Reloader;
import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A whole gateway in this process with its admin API, both on free ports of 127.0.0.1, and its state in a directory. */
public final class AdminGateway implements AutoCloseable {
    private static final int SECONDS = 20;

    private final RecordingObserver observer = new RecordingObserver();
    private final CountDownLatch drain = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final Administration administration;
    private final Gateway gateway;
    private final InetSocketAddress admin;

    /**
     * Starts both.
     *
     * @param directory for its state, and for {@code peekgate.conf}, which is made unless it is there
     * @param overrides as after {@code --set}
     */
    public AdminGateway(Path directory, String... overrides) throws Exception {
        this.directory = directory;
        Path file = directory.resolve("peekgate.conf");
        if (!Files.exists(file)) {
            Files.writeString(file, "peekgate { listeners = [ { bind = \"127.0.0.1:0\" } ] }\n");
        }
        List<String> all = new ArrayList<>(
                List.of("admin.bind=\"127.0.0.1:0\"", "metrics.bind=off", "state-dir=\"" + directory + "\""));
        all.addAll(List.of(overrides));
        Loaded loaded = ConfigLoader.loadAll(List.of(file), all);
        administration = new Administration(loaded.config().admin());
        gateway = Gateway.start(loaded.config(), SessionObserver.all(administration.beside(List.of(observer))));
        Reloader reloader = new Reloader(loaded, () -> ConfigLoader.loadAll(List.of(file), all), gateway, next -> {});
        administration.start(new GatewaySteering("1.2.3", gateway, reloader, () -> 0, drain::countDown));
        admin = administration.bound().get(SECONDS, TimeUnit.SECONDS);
    }

    public Gateway gateway() {
        return gateway;
    }

    public RecordingObserver observer() {
        return observer;
    }

    /** A rule of {@code key=value}. */
    public RuleConfig rule(String... settings) {
        List<String> listeners =
                gateway.config().listeners().stream().map(ListenerConfig::name).toList();
        return new RuleJson(listeners).read(List.of(settings), "test");
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return addresses().get(0);
    }

    /** The same of each listener. */
    public List<InetSocketAddress> addresses() {
        return gateway.addresses();
    }

    /** Where the API is served. */
    public InetSocketAddress admin() {
        return admin;
    }

    public String token() throws IOException {
        return Files.readString(directory.resolve("admin.token")).strip();
    }

    /** The configuration's file, to be changed and reloaded. */
    public Path file() {
        return directory.resolve("peekgate.conf");
    }

    /** Whether the API has asked the program to drain. */
    public boolean isAskedToDrain() {
        return drain.getCount() == 0;
    }

    /** Asks with the token, by a path below {@code /api/v1}. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /**
     * The same with any method.
     *
     * @param body JSON if it begins with a brace, else plain text; none if empty
     * @param headers names and values in turn
     */
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/v1" + path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token());
        if (!body.isEmpty()) {
            request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A request by a whole path, without the token. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                .timeout(Duration.ofSeconds(SECONDS));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Sends these bytes to the API's server and gives what comes until it closes. */
    public String say(String bytes) throws IOException {
        try (Socket socket = new Socket(admin.getAddress(), admin.getPort())) {
            socket.setSoTimeout(SECONDS * 1000);
            socket.getOutputStream().write(Bytes.latin1(bytes));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Opens streams of the log until there may be no more. */
    public List<Socket> streams() throws IOException {
        List<Socket> streams = new ArrayList<>();
        String status = "200";
        while (status.equals("200")) {
            Socket stream = new Socket(admin.getAddress(), admin.getPort());
            streams.add(stream);
            stream.setSoTimeout(SECONDS * 1000);
            stream.getOutputStream()
                    .write(Bytes.latin1("GET /api/v1/log/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                            + token() + "\r\n\r\n"));
            byte[] begin = stream.getInputStream().readNBytes("HTTP/1.1 200".length());
            status = new String(begin, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
        }
        return streams;
    }

    @Override
    public void close() throws Exception {
        gateway.drain().await(SECONDS, TimeUnit.SECONDS);
        gateway.close();
        administration.close();
    }
}
