package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.DnsServer;
import io.peekgate.net.Addresses;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.JsonLine;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running gateway tells what would become of a connection. */
class ExplainRoutesIT {
    @TempDir
    private static Path directory;

    private static DnsServer dns;
    private static AdminGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        dns = new DnsServer()
                .addresses("www.example.com", 60, "93.184.216.34")
                .addresses("private.example.com", 60, "10.0.0.7");
        Files.writeString(directory.resolve("peekgate.conf"), """
                peekgate {
                  listeners = [ { bind = "127.0.0.1:0" }, { name = lan, bind = "127.0.0.1:0", default-port = 8443, sources = private } ]
                  policy.rules = [
                    { name = any, match = ".example.com" }
                    { name = apple, match = "~17\\\\.178\\\\.\\\\d+\\\\.\\\\d+:443" }
                    { name = h2, match = h2.test, alpn = h2 }
                  ]
                }
                """);
        gateway = new AdminGateway(
                directory, "event-loop.threads=1", "dns.servers=[\"" + Addresses.text(dns.address()) + "\"]");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        dns.close();
    }

    @Test
    void a_name_is_explained_with_its_steps_by_the_rules_in_force() throws Exception {
        JsonLine line = explained("{\"sni\": \"foo.test\", \"source\": \"127.0.0.5\"}");
        assertThat(line.text("reason")).isEqualTo("default_drop");
        assertThat(line.text("source")).isEqualTo("127.0.0.5");
        assertThat(line.list("steps").stream().<Object>map(step -> ((Map<?, ?>) step).get("rule")))
                .isEqualTo(List.of("any", "apple", "h2"));
        assertThat(line.has("addresses")).isFalse();

        gateway.gateway().rules().edit(draft -> draft.add(gateway.rule("match=bar.test", "action=drop")));
        assertThat(explained("{\"sni\": \"bar.test\"}").text("rule")).isEqualTo("r1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sni":"h2.test","alpn":["h2","http/1.1"]}            | rule            | 443
            {"sni":"h2.test","alpn":"http/1.1"}                   | default_drop    | 443
            {"sni":"foo.test","original":"17.178.96.59:443"}      | rule            | 443
            {"sni":"foo.test","original":"17.178.96.59:444"}      | port_denied     |
            {"sni":"www.example.com","source":"8.8.8.8"}          | source_denied   |
            {"sni":"www.example.com","listener":"lan"}            | source_denied   |
            {"sni":"a.example.com","listener":"lan","source":"10.0.0.1"} | rule | 8443
            {"sni":"a.example.com","listener":"lan","source":"10.0.0.1","port":443} | rule | 443
            {"sni":"1.2.3.4"}                                     | name_is_address |
            {"hello":"53 53:48 2d322e302d4f70656e5353480d0a"}     | ssh             |
            """)
    void every_stage_before_the_policy_is_asked_too(String body, String reason, Integer port) throws Exception {
        JsonLine line = explained(body);
        assertThat(line.text("reason")).isEqualTo(reason);
        assertThat(line.fields().get("port")).isEqualTo(port == null ? null : BigDecimal.valueOf(port));
    }

    @Test
    void a_hello_is_read_by_the_same_peek() throws Exception {
        String hex = HexFormat.of().formatHex(Hellos.captured("curl-h2"));
        JsonLine line = explained("{\"hello\": \"" + hex + "\"}");
        assertThat(line.text("sni")).isEqualTo("www.example.com");
        assertThat(line.list("alpn")).isEqualTo(List.of("h2", "http/1.1"));
        assertThat(explained("{\"hello\": \"" + hex.substring(0, 100) + "\"}").text("reason"))
                .isEqualTo("client_gone");
    }

    @Test
    void dns_and_the_guard_of_the_gateway_itself_are_asked_if_that_is_wanted() throws Exception {
        JsonLine good = explained("{\"sni\": \"www.example.com\", \"resolve\": true}");
        assertThat(good.list("admitted")).isEqualTo(List.of("93.184.216.34"));
        explained("{\"sni\": \"www.example.com\", \"resolve\": true}");
        assertThat(dns.queries("www.example.com"))
                .as("once for each family, then from the gateway's cache")
                .isLessThanOrEqualTo(2);
        assertThat(explained("{\"sni\": \"private.example.com\", \"resolve\": true}")
                        .text("reason"))
                .isEqualTo("destination_denied");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | either "sni" or "hello" is expected
            {"sni":"a.test","hello":"16"}                   | either "sni" or "hello" is expected
            {"sni":"a.test","prot":1}                       | prot: unknown key; did you mean "port"?
            {"sni":"a.test","port":0}                       | "0" is no whole number from 1 to 65535
            {"sni":["a.test"]}                              | one value is expected, not a list
            {"sni":"a.test","source":"lan"}                 | "lan" is no address
            {"sni":"a.test","listener":"lam"}               | did you mean "lan"?
            {"sni":"a.test","port":80,"original":"1.2.3.4:443"} | the client dialled one port
            {"hello":"xyz"}                                 | hex digits
            {"hello":""}                                    | hex digits
            {"sni":"a.test","resolve":"maybe"}              | neither true nor false
            {"sni":                                         | no JSON from column
            """)
    void a_question_that_is_none_is_refused_with_the_reason(String body, String detail) throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/explain", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonLine.parse(answer.body()).text("detail")).contains(detail);
    }

    private static JsonLine explained(String body) throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/explain", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonLine.parse(answer.body());
    }
}
