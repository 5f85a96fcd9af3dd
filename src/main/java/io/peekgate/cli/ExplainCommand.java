package io.peekgate.cli;

import io.peekgate.boot.Lookup;
import io.peekgate.config.JsonView;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.explain.Explained;
import io.peekgate.explain.ExplainedJson;
import io.peekgate.explain.ExplainedText;
import io.peekgate.explain.Question;
import io.peekgate.model.CloseReason;
import io.peekgate.route.Policy;
import io.peekgate.rules.RuleStore;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
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

    @Option(names = "--live", description = "Ask the running gateway, which may have other rules than its files.")
    private boolean live;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, TimeoutException {
        ProxyConfig loaded = config.load();
        if (live) {
            return live(ApiClient.of(loaded), QuestionText.of(question("", QuestionText.ANY_PORT)));
        }
        ListenerConfig first = loaded.listeners().get(0);
        Policy policy = RuleStore.open(loaded).current().policy();
        Explained explained = Explained.of(question(first.name(), first.defaultPort()), policy, Lookup.of(loaded));
        return say(json ? ExplainedJson.of(explained) : ExplainedText.of(explained), explained.action());
    }

    private int live(ApiClient gateway, String body) {
        String answer = gateway.text("POST", "/explain", body);
        CloseReason.Action action =
                CloseReason.Action.valueOf(JsonView.parse(answer).text("action").toUpperCase(Locale.ROOT));
        return say((json ? answer : gateway.plain("POST", "/explain", body)).stripTrailing(), action);
    }

    private int say(String text, CloseReason.Action action) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
        return switch (action) {
            case PASS -> ExitCode.FINE;
            case DROP -> ExitCode.DROPPED;
            case FAIL -> ExitCode.FAILED;
        };
    }

    /** @param usual the port that the client dialled if nothing tells it */
    private Question question(String listener, int usual) {
        int port = original == null ? usual : original.getPort();
        if (subject.hello != null) {
            return question(listener, "", Optional.of(HelloFile.read(subject.hello)), port);
        }
        Matcher written = NAME_AND_PORT.matcher(subject.name);
        return written.matches()
                ? question(listener, written.group(1), Optional.empty(), written(written.group(2)))
                : question(listener, subject.name, Optional.empty(), port);
    }

    private Question question(String listener, String name, Optional<ByteBuffer> hello, int port) {
        return new Question(listener, source, name, alpn, hello, port, Optional.ofNullable(original), resolve);
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
}
