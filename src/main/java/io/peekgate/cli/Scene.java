package io.peekgate.cli;

import io.peekgate.demo.Answer;
import io.peekgate.demo.DemoClient;
import io.peekgate.model.CloseReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One thing that happens to a gateway, acted out.
 *
 * @param title what the client does
 * @param expected what the access line must say
 * @param sees what must be in what the client gets
 */
record Scene(String title, CloseReason expected, String sees, Act act) {
    static final String PASSES = "www.demo.example";
    static final String DROPPED = "ads.demo.example";
    static final String PRIVATE = "intranet.demo.example";
    static final String UNKNOWN = "nowhere.demo.example";

    /** What the client does; gives what it got. */
    interface Act {
        Answer play(DemoClient client) throws IOException;
    }

    static List<Scene> all() {
        return List.of(
                new Scene(
                        "a name that a rule lets pass",
                        CloseReason.RULE,
                        "behind Peekgate",
                        client -> client.get(PASSES, "/")),
                new Scene(
                        "a name that a rule drops",
                        CloseReason.RULE_DROP,
                        "access_denied",
                        client -> client.get(DROPPED, "/")),
                new Scene(
                        "no server name (SNI)",
                        CloseReason.NO_SNI,
                        "unrecognized_name",
                        client -> client.getWithoutSni(PASSES, "/")),
                new Scene(
                        "a proxy setting: CONNECT",
                        CloseReason.HTTP_CONNECT,
                        "https_proxy",
                        client -> say(client, CONNECT)),
                new Scene("plain HTTP on the TLS port", CloseReason.HTTP_PLAIN, "https://", client -> say(client, GET)),
                new Scene(
                        "a name with a private address",
                        CloseReason.DESTINATION_DENIED,
                        "access_denied",
                        client -> client.get(PRIVATE, "/")),
                new Scene(
                        "a name that does not exist",
                        CloseReason.DNS_NXDOMAIN,
                        "unrecognized_name",
                        client -> client.get(UNKNOWN, "/")),
                new Scene(
                        "a post-quantum-sized hello in pieces",
                        CloseReason.RULE,
                        "behind Peekgate",
                        client -> client.getWithLongHello(PASSES, "/")));
    }

    private static final String CONNECT = "CONNECT " + PASSES + ":443 HTTP/1.1\r\nHost: " + PASSES + ":443\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: " + PASSES + "\r\n\r\n";

    private static Answer say(DemoClient client, String text) throws IOException {
        return Answer.of(client.raw(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
