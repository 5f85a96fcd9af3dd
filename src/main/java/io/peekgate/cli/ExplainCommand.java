package io.peekgate.cli;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.boot.Lookup;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.peek.HelloReader;
import io.peekgate.route.Policy;
import io.peekgate.rules.PolicyCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peekgate explain}: what the policy would do with a connection, and why, by the engine that serves traffic. */
@Command(
        name = "explain",
        description = "Tell what would become of a connection, and why. Exits with 3 if it would be dropped.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    /** What is explained: a name, or the first bytes of a connection. */
    static final class Subject {
        @Parameters(paramLabel = "NAME[:PORT]", description = "The name that the client asks for.")
        private String name;

        @Option(
                names = "--hello",
                paramLabel = "FILE",
                description = "A client's first bytes, raw or as hex; - for standard input.")
        private Path hello;
    }

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--source", paramLabel = "IP", defaultValue = "127.0.0.1", description = "The client's address.")
    private InetAddress source;

    @Option(names = "--alpn", paramLabel = "PROTOCOL", split = ",", description = "Protocols that the client offers.")
    private List<String> alpn = List.of();

    @Option(names = "--original", paramLabel = "IP:PORT", description = "The address that the client dialled.")
    private InetSocketAddress original;

    @Option(names = "--resolve", description = "Ask DNS and the address guard, too.")
    private boolean resolve;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProxyConfig loaded = config.load();
        Explained explained = explain(loaded);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ExplainedJson.of(explained) : ExplainedText.of(explained));
        out.flush();
        return explained.action() == CloseReason.Action.PASS
                ? ExitCode.FINE
                : explained.action() == CloseReason.Action.DROP ? ExitCode.DROPPED : ExitCode.FAILED;
    }

    private Explained explain(ProxyConfig loaded) throws IOException, InterruptedException {
        Policy policy = PolicyCompiler.compile(loaded.policy(), 1);
        Explained explained;
        try {
            explained = Explained.of(policy, request(loaded));
        } catch (Refusal refusal) {
            return Explained.of(refusal);
        }
        return resolve ? explained.resolved(new Lookup(loaded)) : explained;
    }

    private Request request(ProxyConfig loaded) throws IOException {
        ListenerConfig listener = loaded.listeners().get(0);
        if (subject.hello != null) {
            ClientHello hello = read(loaded.clientHello().maxSize());
            return request(listener, hello.serverName(), port(listener), hello.alpn());
        }
        int colon = subject.name.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon == subject.name.indexOf(':');
        int port = hasPort ? parsePort(subject.name.substring(colon + 1)) : port(listener);
        String name = hasPort ? subject.name.substring(0, colon) : subject.name;
        return request(listener, Optional.of(ServerName.of(name)), port, alpn);
    }

    private Request request(ListenerConfig listener, Optional<ServerName> name, int port, List<String> offered) {
        return new Request(listener.name(), source, name, port, offered, Optional.ofNullable(original));
    }

    private int port(ListenerConfig listener) {
        return original == null ? listener.defaultPort() : original.getPort();
    }

    private int parsePort(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // told below, as for a number out of range
        }
        throw new ParameterException(spec.commandLine(), "\"" + text + "\" is no port: write one from 1 to 65535");
    }

    private ClientHello read(int maxHello) throws IOException {
        byte[] file =
                subject.hello.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(subject.hello);
        ByteBuf bytes = Unpooled.wrappedBuffer(unhexed(file));
        HelloReader reader = new HelloReader(maxHello, true);
        return reader.read(bytes).orElseThrow(() -> {
            reader.end(bytes);
            return new Refusal(
                    CloseReason.CLIENT_GONE, "the hello is not whole after " + bytes.readableBytes() + " bytes");
        });
    }

    /** Hex text, with white space or colons between its digits, as its bytes; anything else as it is. */
    private static byte[] unhexed(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).replaceAll("[\\s:]", "");
        boolean isHex = text.length() % 2 == 0 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex ? HexFormat.of().parseHex(text) : file;
    }
}
