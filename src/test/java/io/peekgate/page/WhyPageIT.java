package io.peekgate.page;

import static io.peekgate.testkit.Hellos.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RequiresClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Why? tells of a connection, of one that is over and of one that is open. */
@RequiresClient({"chromium", "chromedriver"})
class WhyPageIT {
    private static final String CLIENT = "127.0.1.7";
    private static final byte[] HELLO = hello().sni(AdminPage.NAME)
            .alpn("h2", "http/1.1")
            .supportedVersions(0x0304, 0x0303)
            .wire();

    @TempDir
    private Path directory;

    @Test
    void a_connection_that_passed_is_told_in_full_and_its_name_dropped_from_there() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.gateway().send("POST", "/rules", "{\"match\":\"" + AdminPage.NAME + "\"}");
            Browser browser = page.browser();
            page.go("connections");
            try (RawSocket client = RawSocket.connect(CLIENT, page.gateway().address())) {
                client.send(HELLO).fin();
                client.hearToTheEnd();
                browser.click("#tail tbody tr [data-do=why]");
                browser.awaitText("[data-why=way]", "Client " + CLIENT + ":" + client.port());
            }
            assertThat(texts(browser, "times")).matches("Times hello [\\d.]+ ms DNS [\\d.]+ ms connect [\\d.]+ ms");
            assertThat(texts(browser, "hello"))
                    .contains("SNI " + AdminPage.NAME, "ALPN h2, http/1.1", "TLS up to 1.3", "Encrypted hello no")
                    .containsPattern("Bytes \\d{3}");
            assertThat(texts(browser, "way")).contains("Resolved to 127.0.0.1", "Connected to 127.0.0.1:", "Relay ");
            browser.click("[data-why=raw] summary");
            assertThat(texts(browser, "raw"))
                    .contains("\"alpn\": [ \"h2\", \"http/1.1\" ]", "\"source\": \"" + CLIENT + ":");

            browser.click("[data-do=drop-name]");
            browser.awaitShown("dialog");
            assertThat(values(browser, "patterns", "action", "place")).containsExactly(AdminPage.NAME, "drop", "top");
            assertThat(values(browser, "reason").get(0)).startsWith("passed (rule) on 2");
            browser.click("dialog [data-do=save]");
            browser.awaitText("#rules-changed.warn", "it would ✕ drop by rule r2");
            assertThat(page.visit(AdminPage.NAME).status()).isEmpty();
        }
    }

    @Test
    void of_an_open_connection_it_says_when_the_rules_would_no_longer_let_it_through() throws Exception {
        try (AdminPage page = new AdminPage(directory);
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawSocket client =
                        RawSocket.connect(CLIENT, page.gateway().addresses().get(1))) {
            page.gateway()
                    .send(
                            "POST",
                            "/rules",
                            "{\"match\":\"%s\",\"target\":\"127.0.0.1:%d\"}"
                                    .formatted(AdminPage.NAME, silent.getLocalPort()));
            client.send(HELLO);
            Browser browser = page.browser();
            page.go("connections");
            browser.click("[data-tab=active]");
            browser.awaitText("#active tbody tr", "relay");
            browser.click("#active tbody tr [data-do=why]");
            browser.awaitText("#why .decides", "r1");
            browser.awaitText("#why", "Still open, in phase relay");
            browser.awaitGone("#rules-changed");
            browser.click("[data-do=close-why]");

            page.gateway().send("POST", "/rules?before=r1", """
                    {"match":"%s","action":"drop","alpn":"h2","listeners":"lab","sources":"127.0.1.0/24"}""".formatted(AdminPage.NAME));
            browser.click("#active tbody tr [data-do=why]");
            browser.awaitText("#rules-changed.warn", "it would ✕ drop by rule r2");

            browser.press("Try variations in Explain");
            browser.awaitText("#explain-answer .decides", "r2");
            assertThat(browser.value("['name', 'source', 'alpn', 'listener']"
                            + ".map(field => document.getElementById('explain-' + field).value)"))
                    .isEqualTo(List.of(AdminPage.NAME, CLIENT, "h2, http/1.1", "lab"));
        }
    }

    private static String texts(Browser browser, String section) {
        return browser.texts("[data-why=" + section + "]").get(0);
    }

    private static List<String> values(Browser browser, String... fields) {
        return List.of(fields).stream()
                .map(field -> (String) browser.value("document.getElementById('add-" + field + "').value"))
                .toList();
    }
}
