package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.explain.Question;
import io.peekgate.net.Addresses;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What is to be explained, as the admin API takes it. */
final class QuestionText {
    private QuestionText() {}

    static String of(Question question) {
        return JsonText.object(json -> {
            json.writeStringProperty("listener", question.listener());
            json.writeStringProperty("source", Addresses.text(question.source()));
            json.writeNumberProperty("port", question.port());
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
