package io.peekgate.page;

import static io.peekgate.testkit.Hellos.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked in the browser of a connection that has not come. */
@RequiresClient({"chromium", "chromedriver"})
class ExplainPageIT {
    @TempDir
    private Path directory;

    @Test
    void bytes_are_explained_as_they_were_copied() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.gateway().send("POST", "/rules", "{\"match\":\"*.bank.example\",\"alpn\":\"h2\"}");
            Browser browser = page.browser();
            page.go("explain");
            browser.click("[data-tab=hello]");
            byte[] bytes = hello().sni("www.bank.example").alpn("h2").wire();
            String hex = HexFormat.ofDelimiter(" ").formatHex(bytes);
            browser.type(
                    "#explain-hello", hex.replaceAll("((?:\\S+ ){16})", "$1\n").replaceFirst(" ", ":"));
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .decides", "r1");
            browser.awaitText("#explain-answer .outcome", "pass");
            browser.awaitText("#explain-answer .pairs", "Name www.bank.example");
            browser.awaitText("#explain-answer .pairs", "ALPN h2");

            browser.type("#explain-hello", "16 03 0");
            browser.click("#explain-run");
            browser.awaitText("main", "Not explained");
            browser.awaitGone("#explain-answer");
        }
    }

    @Test
    void a_name_is_explained_with_all_that_a_rule_may_ask_for() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.gateway().send("POST", "/rules", """
                    {"match":"%s","sources":"10.1.0.0/16","alpn":"h2","listeners":"lab","ports":8443}""".formatted(AdminPage.NAME));
            Browser browser = page.browser();
            page.go("explain");
            browser.type("#explain-name", AdminPage.NAME);
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .outcome", "default_drop");

            browser.type("#explain-source", "10.1.2.3");
            browser.type("#explain-alpn", "http/1.1, h2");
            browser.type("#explain-original", "203.0.113.7:8443");
            browser.click("#explain-listener option[value=lab]");
            browser.click("#explain-resolve");
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .decides", "r1");
            assertThat(browser.texts("#explain-answer .pairs"))
                    .satisfiesExactly(
                            asked -> assertThat(asked)
                                    .contains("Port 8443", "Client 10.1.2.3", "Listener lab", "ALPN http/1.1, h2")
                                    .contains("Dialled 203.0.113.7:8443"),
                            goes -> assertThat(goes)
                                    .contains("Target " + AdminPage.NAME + ":8443", "Resolves to 127.0.0.1")
                                    .contains("Guard lets through 127.0.0.1", "the client dialled none of these"));
            browser.type("#explain-original", "203.0.113.7:443");
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .outcome", "default_drop");
        }
    }
}
