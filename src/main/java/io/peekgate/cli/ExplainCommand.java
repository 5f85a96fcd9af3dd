package io.peekgate.cli;

import io.peekgate.boot.Lookup;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.route.Policy;
import io.peekgate.rules.RuleStore;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        description = "Tell what would become of a connection, and why. Exits with 3 if it would be dropped.")
final class ExplainCommand implements Callable<Integer> {
    /** An IPv6 literal has a port only after brackets. */
    private static final Pattern NAME_AND_PORT = Pattern.compile("(\\[.*]|[^:]*):([^:]*)");

    /** What is explained: a name, or the first bytes of a connection. */
    static final class Subject {
        @Parameters(paramLabel = "NAME[:PORT]", description = "The name that the client sends as SNI.")
        private String name;

        @Option(
                names = "--hello",
                paramLabel = "FILE",
                description = "What a client sent first, raw or as hex digits; - is standard input.")
        private Path hello;
    }

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--source",
            paramLabel = "IP",
            converter = AddressArguments.Ip.class,
            defaultValue = "127.0.0.1",
            description = "The client's address; ${DEFAULT-VALUE} unless told.")
    private InetAddress source;

    @Option(
            names = "--alpn",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "Protocols that the client offers, such as h2.")
    private List<String> alpn = List.of();

    @Option(
            names = "--original",
            paramLabel = "IP:PORT",
            converter = AddressArguments.Socket.class,
            description = "The address that the client dialled, before a redirect.")
    private InetSocketAddress original;

    @Option(names = "--resolve", description = "Ask DNS and the address guard, too; otherwise neither is.")
    private boolean resolve;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ProxyConfig loaded = config.load();
        Explained explained = explain(loaded);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ExplainedJson.of(explained) : ExplainedText.of(explained));
        out.flush();
        return explained.action() == CloseReason.Action.PASS
                ? ExitCode.FINE
                : explained.action() == CloseReason.Action.DROP ? ExitCode.DROPPED : ExitCode.FAILED;
    }

    private Explained explain(ProxyConfig loaded) throws InterruptedException {
        Policy policy = RuleStore.open(loaded).current().policy();
        Lookup lookup = new Lookup(loaded);
        Explained explained;
        try {
            ListenerConfig listener = loaded.listeners().get(0);
            lookup.enter(listener, source);
            Request request = request(loaded, listener);
            lookup.ask(listener, request.port());
            explained = Explained.of(policy, request);
        } catch (Refusal refusal) {
            return Explained.of(refusal);
        }
        return resolve ? explained.resolved(lookup) : explained;
    }

    private Request request(ProxyConfig loaded, ListenerConfig listener) {
        if (subject.hello != null) {
            ClientHello hello =
                    HelloFile.read(subject.hello, loaded.clientHello().maxSize());
            return request(listener, hello.serverName(), port(listener), hello.alpn(), hello.ech());
        }
        Matcher written = NAME_AND_PORT.matcher(subject.name);
        return written.matches()
                ? request(listener, name(written.group(1)), written(written.group(2)), alpn, Ech.NONE)
                : request(listener, name(subject.name), port(listener), alpn, Ech.NONE);
    }

    private Request request(
            ListenerConfig listener, Optional<ServerName> name, int port, List<String> offered, Ech ech) {
        return new Request(listener.name(), source, name, port, offered, Optional.ofNullable(original), ech);
    }

    private static Optional<ServerName> name(String text) {
        return Optional.of(ServerName.of(text));
    }

    /** The port beside the name. */
    private int written(String text) {
        int port = AddressArguments.port(text);
        if (original != null && original.getPort() != port) {
            throw new ParameterException(
                    spec.commandLine(), "the client dialled one port; leave it out beside the name");
        }
        return port;
    }

    private int port(ListenerConfig listener) {
        return original == null ? listener.defaultPort() : original.getPort();
    }
}
