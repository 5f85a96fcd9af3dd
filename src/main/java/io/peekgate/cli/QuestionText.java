package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.explain.Question;
import io.peekgate.net.Addresses;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What is to be explained, as the admin API takes it: which listeners there are, the gateway itself knows best. */
final class QuestionText {
    /** Where the gateway is to say what its listener takes for dialled. */
    static final int ANY_PORT = 0;

    private QuestionText() {}

    static String of(Question question) {
        return JsonText.object(json -> {
            json.writeStringProperty("source", Addresses.text(question.source()));
            if (question.port() != ANY_PORT) {
                json.writeNumberProperty("port", question.port());
            }
            question.hello()
                    .ifPresentOrElse(
                            hello -> json.writeStringProperty("hello", hex(hello)),
                            () -> json.writeStringProperty("sni", question.sni()));
            JsonText.strings(json, "alpn", question.alpn());
            question.original().ifPresent(original -> json.writeStringProperty("original", Addresses.text(original)));
            json.writeBooleanProperty("resolve", question.resolve());
        });
    }

    private static String hex(ByteBuffer hello) {
        byte[] bytes = new byte[hello.remaining()];
        hello.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
