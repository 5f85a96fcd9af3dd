package io.peekgate.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.ExplainBody;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.RequestJson;
import io.peekgate.explain.Explained;
import io.peekgate.explain.ExplainedJson;
import io.peekgate.explain.ExplainedText;
import io.peekgate.explain.HexText;
import io.peekgate.explain.Question;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Tells what would become of a connection, by the rules and the stages in force. */
final class ExplainRoutes {
    private final Steering steering;
    private final SlowCalls slow;

    ExplainRoutes(Steering steering, SlowCalls slow) {
        this.steering = steering;
        this.slow = slow;
    }

    void addTo(Router router, String api) {
        router.on(HttpMethod.POST, api + "/explain", this::explain);
    }

    private Answer explain(Call call) throws Exception {
        List<ListenerConfig> listeners = steering.config().listeners();
        List<String> names = listeners.stream().map(ListenerConfig::name).toList();
        ExplainBody body = RequestJson.explain(call.body(), names);
        int chosen = body.listener().map(names::indexOf).orElse(0);
        Question question = question(body, listeners.get(chosen));
        return question.resolve() ? slow.make(() -> answer(call, question)) : answer(call, question);
    }

    private Answer answer(Call call, Question question) throws InterruptedException, TimeoutException {
        Explained explained = Explained.of(question, steering.rules().current().policy(), steering.probe());
        return call.wantsText()
                ? Answer.text(ExplainedText.of(explained) + '\n')
                : Answer.json(HttpResponseStatus.OK, ExplainedJson.of(explained));
    }

    private static Question question(ExplainBody body, ListenerConfig listener) {
        int port = body.port()
                .or(() -> body.original().map(InetSocketAddress::getPort))
                .orElse(listener.defaultPort());
        return new Question(
                listener.name(),
                body.source().orElseGet(InetAddress::getLoopbackAddress),
                body.sni().orElse(""),
                body.alpn(),
                body.hello().map(ExplainRoutes::bytes),
                port,
                body.original(),
                body.resolve());
    }

    private static ByteBuffer bytes(String hello) {
        Optional<ByteBuffer> bytes = HexText.bytes(hello).filter(ByteBuffer::hasRemaining);
        return bytes.orElseThrow(
                () -> Query.wrong("hello", "hex digits, two for each byte that the client sent first"));
    }
}
