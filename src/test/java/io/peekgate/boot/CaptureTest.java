package io.peekgate.boot;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peekgate.config.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport that cannot tell what a client dialled. */
class CaptureTest {
    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void what_was_demanded_is_refused_by_name(String capture) {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> start(capture))
                .withMessage("listener egress: capture = " + capture
                        + " needs epoll on Linux, and this is nio; write auto or none");
    }

    @Test
    void what_was_not_is_left_out() {
        start("auto").close();
    }

    private static Gateway start(String capture) {
        List<String> settings = List.of(
                "event-loop.transport=nio", "listeners=[{ bind = \"127.0.0.1:0\", capture = " + capture + " }]");
        return Gateway.start(ConfigLoader.load(List.of(), settings), report -> {});
    }
}
