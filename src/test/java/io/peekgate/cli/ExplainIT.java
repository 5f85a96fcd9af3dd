package io.peekgate.cli;

import static io.peekgate.testkit.Bytes.first;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.demo.DnsServer;
import io.peekgate.net.Addresses;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JsonLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code peekgate explain}; in this process, but where standard input is read. */
class ExplainIT {
    @TempDir
    private Path directory;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.conf"), """
                peekgate.policy.rules = [
                  { name = ads, match = "**.ads.test", except = ok.ads.test, action = drop, reason = "no ads here" }
                  { name = lan, match = lan.test, sources = "10.0.0.0/8" }
                  { name = h2, match = h2.test, alpn = h2 }
                  { name = apple, match = "~17\\\\.178\\\\.\\\\d+\\\\.\\\\d+:443" }
                  { name = any, match = ".example.com" }
                ]
                """);
    }

    @Test
    void a_name_is_explained_rule_by_rule() throws Exception {
        assertThat(explain("ok.ads.test")).isEqualTo(new ClientRun(3, """
                        asked     ok.ads.test:443 from 127.0.0.1 through egress
                        rule      ads (FILE:2): its except list takes the name out
                        rule      lan (FILE:3): none of its patterns matches
                        rule      h2 (FILE:4): none of its patterns matches
                        rule      apple (FILE:5): none of its patterns matches
                        rule      any (FILE:6): none of its patterns matches
                        drop      default_drop: No rule matched and policy.default-action is drop.
                        advice    If it should pass, add a passthrough rule for this name.
                        """.replace("FILE", rules.toString()), ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.ads.test                                  | 3 | rule_drop       | ads
            ok.ads.test                                 | 3 | default_drop    |
            lan.test                                    | 3 | default_drop    |
            lan.test --source 10.1.2.3                  | 0 | rule            | lan
            h2.test --alpn http/1.1                     | 3 | default_drop    |
            h2.test --alpn h2,http/1.1                  | 0 | rule            | h2
            foo.test --original 17.178.96.59:443        | 0 | rule            | apple
            foo.test --original 17.178.96.59:8443       | 3 | default_drop    |
            foo.test --original [2001:db8::1]:443       | 3 | default_drop    |
            www.example.com:8443                        | 0 | rule            | any
            1.2.3.4                                     | 3 | name_is_address |
            [::1]:443                                   | 3 | name_is_address |
            a..example.com                              | 3 | bad_name        |
            """)
    void a_connection_has_a_reason_a_rule_and_an_exit_code(String arguments, int exit, String reason, String rule)
            throws Exception {
        ClientRun run = explain((arguments + " --json").split(" "));

        JsonLine line = JsonLine.parse(run.out());
        assertThat(line.text("reason")).isEqualTo(reason);
        assertThat(line.fields().get("rule")).isEqualTo(rule);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void a_captured_hello_is_explained(String client) throws Exception {
        Path raw = Files.write(directory.resolve("hello"), Hellos.captured(client));
        JsonLine line =
                JsonLine.parse(explain("--hello", raw.toString(), "--json").out());

        boolean named = !client.equals("openssl-nosni");
        assertThat(line.text("reason")).isEqualTo(named ? "rule" : "no_sni");
        assertThat(line.fields().get("sni")).isEqualTo(named ? "www.example.com" : null);
    }

    @Test
    void hex_digits_will_do_also_on_standard_input() throws Exception {
        String hex = HexFormat.ofDelimiter(":").formatHex(Hellos.captured("curl-h2"));
        Path file = Files.writeString(directory.resolve("hello"), hex.replaceAll("(.{60})", "$1\n"));
        ClientRun fromFile = explain("--hello", file.toString());

        assertThat(fromFile.exit()).isZero();
        assertThat(fromFile.out()).contains("asked     www.example.com:443", "alpn      h2, http/1.1");
        List<String> piped = new ArrayList<>(Jar.command("explain", "-c", rules.toString(), "--hello", "-"));
        assertThat(ClientRun.of(hex, piped)).isEqualTo(fromFile);
    }

    @Test
    void what_is_no_hello_is_explained_too() throws Exception {
        Map<String, byte[]> files = Map.of(
                "http_connect", "CONNECT www.example.com:443 HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
                "ssh", "SSH-2.0-OpenSSH_9.2\r\n".getBytes(US_ASCII),
                "client_gone", first(Hellos.captured("curl-h1"), 100));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path raw = Files.write(directory.resolve("first-bytes"), file.getValue());
            ClientRun run = explain("--hello", raw.toString());

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.out())
                    .startsWith("drop      " + file.getKey() + ": ")
                    .contains("\nadvice    ");
        }
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        assertThat(explain("--hello", "missing.bin"))
                .isEqualTo(new ClientRun(2, "", "peekgate: missing.bin: no such file\nSee peekgate explain --help\n"));
    }

    @Test
    void resolve_asks_dns_and_the_guard() throws Exception {
        try (DnsServer dns = new DnsServer()
                .addresses("www.example.com", 60, "93.184.216.34")
                .addresses("private.example.com", 60, "10.0.0.7")
                .fails("gone.example.com", DnsResponseCode.NXDOMAIN)) {
            ClientRun good = resolve(dns, "www.example.com");
            ClientRun denied = resolve(dns, "private.example.com");
            ClientRun gone = resolve(dns, "gone.example.com");

            assertThat(good.out()).contains("resolved  93.184.216.34", "guard     lets through 93.184.216.34");
            assertThat(denied.out()).contains("resolved  10.0.0.7", "drop      destination_denied");
            assertThat(gone.out()).contains("fail      dns_nxdomain");
            assertThat(List.of(good.exit(), denied.exit(), gone.exit())).containsExactly(0, 3, 1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resolve              | 192.0.2.1     | 0 | rule                 | www.example.com:443 | true | 93.184.216.34
            resolve              | 93.184.216.34 | 0 | rule                 | www.example.com:443 |      | 93.184.216.34
            original-if-resolved | 192.0.2.1     | 0 | rule                 | www.example.com:443 | true | 93.184.216.34
            original-if-resolved | 93.184.216.35 | 0 | rule                 | www.example.com:443 |      | 93.184.216.35
            original             | 8.8.8.8       | 0 | rule                 | 8.8.8.8:443         | true | 8.8.8.8
            original             | 10.0.0.7      | 3 | destination_denied   | 10.0.0.7:443        | true |
            strict               | 93.184.216.34 | 0 | rule                 | www.example.com:443 |      | 93.184.216.34
            strict               | 192.0.2.1     | 3 | destination_mismatch | www.example.com:443 | true |
            """)
    void each_destination_mode_is_told_like_live_traffic(
            String mode, String dialled, int exit, String reason, String target, Boolean mismatch, String admitted)
            throws Exception {
        try (DnsServer dns = new DnsServer().addresses("www.example.com", 60, "93.184.216.34", "93.184.216.35")) {
            ClientRun run = resolve(
                    dns,
                    "www.example.com",
                    "--json",
                    "--original",
                    dialled + ":443",
                    "--set",
                    "policy.destination=" + mode);

            JsonLine line = JsonLine.parse(run.out());
            assertThat(line.text("reason")).isEqualTo(reason);
            assertThat(line.text("destination")).isEqualTo(mode);
            assertThat(line.text("target")).isEqualTo(target);
            assertThat(line.fields().get("mismatch")).isEqualTo(mismatch);
            assertThat(
                            admitted == null
                                    ? !line.has("admitted")
                                    : line.list("admitted").contains(admitted))
                    .isTrue();
            assertThat(run.exit()).isEqualTo(exit);
        }
    }

    @Test
    void the_original_destination_needs_no_dns() throws Exception {
        try (DnsServer dns = new DnsServer().fails("www.example.com", DnsResponseCode.SERVFAIL)) {
            ClientRun run = resolve(
                    dns, "www.example.com", "--original", "8.8.8.8:443", "--set", "policy.destination=original");

            assertThat(run.out()).contains("target    8.8.8.8:443", "mode      destination = original", "pass ");
        }
    }

    @Test
    void the_listener_is_asked_who_may_come_and_for_which_port() throws Exception {
        assertThat(explain("www.example.com", "--source", "8.8.8.8").out()).startsWith("drop      source_denied");
        assertThat(explain("www.example.com:22").out()).startsWith("drop      port_denied");
        assertThat(explain("www.example.com:80", "--original", "192.0.2.1:443").exit())
                .isEqualTo(2);
    }

    @Test
    void without_resolve_dns_is_not_asked() throws Exception {
        try (DnsServer dns = new DnsServer()) {
            explain("www.example.com", "--set", servers(dns));

            assertThat(dns.queries("www.example.com")).isZero();
        }
    }

    private ClientRun resolve(DnsServer dns, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--resolve", "--set", servers(dns)));
        all.addAll(List.of(arguments));
        return explain(all.toArray(String[]::new));
    }

    private static String servers(DnsServer dns) {
        return "dns.servers=[\"" + Addresses.text(dns.address()) + "\"]";
    }

    private ClientRun explain(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("explain", "-c", rules.toString()));
        all.addAll(List.of(arguments));
        int exit = PeekgateCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(new String[0]));
        return new ClientRun(exit, out.toString(), err.toString());
    }
}
