package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(60)
class LoggingTest {
    private static final Logger OURS = LoggerFactory.getLogger("io.peekgate.server.Listener");
    private static final Logger NETTY = LoggerFactory.getLogger("io.netty.channel.DefaultChannelPipeline");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Test
    void a_line_has_time_level_and_name() {
        ServerLog log = new ServerLog();
        OURS.info("ready in {} s", 0.4);
        OURS.warn("beware");
        NETTY.error("oops");
        List<String> lines = log.lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches(TIME + " INFO  peekgate: ready in 0.4 s");
        assertThat(lines.get(1)).matches(TIME + " WARN  peekgate: beware");
        assertThat(lines.get(2)).matches(TIME + " ERROR io.netty.channel.DefaultChannelPipeline: oops");
    }

    @Test
    void the_level_is_the_configured_one_and_netty_speaks_from_warn_on() {
        ServerLog log = new ServerLog("debug", Format.TEXT);
        OURS.trace("1");
        OURS.debug("2");
        NETTY.info("3");
        NETTY.warn("4");
        assertThat(log.lines())
                .extracting(line -> line.substring(line.length() - 1))
                .containsExactly("2", "4");
    }

    @Test
    void netty_is_no_louder_than_the_rest() {
        ServerLog log = new ServerLog("error", Format.TEXT);
        NETTY.warn("1");
        OURS.warn("2");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void who_changed_what_is_told_at_any_level_but_off() {
        ServerLog log = new ServerLog("error", Format.TEXT);
        LoggerFactory.getLogger("audit").info("1");
        assertThat(log.lines()).hasSize(1);
        ServerLog none = new ServerLog("off", Format.TEXT);
        LoggerFactory.getLogger("audit").info("2");
        assertThat(none.lines()).isEmpty();
    }

    @Test
    void a_message_cannot_forge_a_line_or_colour_a_terminal() {
        ServerLog log = new ServerLog();
        OURS.warn("name {}", "\u001b[31m\r\n2026-11-21T12:00:00.123Z INFO  peekgate: \u2028");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .matches("[ -~]+")
                .endsWith("name \\u001b[31m\\u000d\\u000a2026-11-21T12:00:00.123Z INFO  peekgate: \\u2028");
    }

    @Test
    void an_exception_goes_over_many_lines_that_its_message_cannot_add_to() {
        ServerLog log = new ServerLog();
        Exception thrown = new IllegalStateException("outer\nforged", new RuntimeException("inner\u001b"));
        thrown.addSuppressed(new RuntimeException("aside"));
        OURS.error("failed", thrown);
        assertThat(log.lines())
                .contains("java.lang.IllegalStateException: outer\\u000aforged")
                .contains("Suppressed: java.lang.RuntimeException: aside")
                .contains("Caused by: java.lang.RuntimeException: inner\\u001b")
                .anyMatch(line -> line.startsWith("\tat io.peekgate.report.LoggingTest.an_exception"))
                .doesNotContain("forged");
    }

    @Test
    void in_json_a_line_is_one_object_with_its_exception() {
        ServerLog log = new ServerLog("info", Format.JSON);
        OURS.error("failed \u001b", new IllegalStateException("why"));
        OURS.info("fine");
        List<String> lines = log.lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches("\\{\"time\":\"" + TIME + "\",\"level\":\"ERROR\",\"logger\":\"peekgate\","
                        + "\"message\":\"failed \\\\u001[bB]\","
                        + "\"thrown\":\"java.lang.IllegalStateException: why\\\\n\\\\tat [ -~]+\"\\}");
        assertThat(lines.get(1))
                .matches("\\{\"time\":\"" + TIME + "\",\"level\":\"INFO\",\"logger\":\"peekgate\","
                        + "\"message\":\"fine\"\\}");
    }

    @Test
    void a_stalled_stream_blocks_nobody_and_the_loss_is_told_at_the_end() {
        StallingStream stalling = new StallingStream();
        Logging logging = Logging.start("info", Format.TEXT, stalling);
        int sent = 3 * LineQueue.CAPACITY;
        IntStream.range(0, sent).forEach(i -> OURS.info("line {}", i));
        stalling.release();
        await().until(() -> {
            OURS.info("again");
            return stalling.lines().stream().anyMatch(line -> line.endsWith("again"));
        });
        logging.close();
        assertThat(stalling.lines())
                .filteredOn(line -> line.contains(": line "))
                .hasSizeLessThan(sent);
        assertThat(stalling.lines()).last().asString().matches(".* WARN  peekgate: The server log lost \\d+ lines");
    }
}
