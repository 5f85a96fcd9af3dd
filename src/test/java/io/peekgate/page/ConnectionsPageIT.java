package io.peekgate.page;

import static io.peekgate.testkit.Hellos.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RequiresClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections in the browser: why they went as they did, and what somebody does about it. */
@RequiresClient({"chromium", "chromedriver"})
class ConnectionsPageIT {
    private static final String ROW = "#tail tbody tr";

    @TempDir
    private Path directory;

    @Test
    void who_was_refused_is_allowed_from_its_why_and_then_passes() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.gateway().send("POST", "/rules", "{\"match\":\"another.example\"}");
            Browser browser = page.browser();
            page.go("connections");
            assertThat(page.visit(AdminPage.NAME).status()).isEmpty();
            browser.awaitText(ROW, "default_drop");

            browser.click(ROW + " [data-do=why]");
            browser.awaitText("#why .decides", "No rule matched");
            browser.click("#why [data-do=allow-name]");
            browser.awaitText("#preview [data-line='1'] [data-preview=seen]", AdminPage.NAME);
            browser.click("dialog [data-do=save]");
            browser.awaitGone("dialog");

            assertThat(page.visit(AdminPage.NAME).status()).hasValue(200);
            assertThat(page.visit(AdminPage.OTHER).status()).isEmpty();
            browser.awaitText(ROW, "pass");
        }
    }

    @Test
    void the_parent_of_a_name_is_allowed_for_one_client_alone() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.gateway().send("POST", "/rules", "{\"match\":\"*.shop.example\",\"action\":\"drop\"}");
            Browser browser = page.browser();
            page.visit(AdminPage.NAME);
            page.go("connections");
            browser.click(ROW + " [data-do=why]");
            browser.click("#why [data-do=this-client]");
            browser.click("#why [data-do=allow-parent]");
            browser.awaitShown("dialog");
            browser.click("dialog [data-do=save]");
            browser.awaitGone("dialog");
            assertThat(page.gateway().get("/rules").body())
                    .contains("\"match\":[\".shop.example\"]", "\"sources\":[\"127.0.0.1\"]");
            assertThat(page.visit(AdminPage.OTHER).status()).hasValue(200);
        }
    }

    @Test
    void filters_leave_the_connections_that_fit() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("connections");
            page.visit(AdminPage.NAME);
            browser.awaitTexts(ROW + " .name", List.of(AdminPage.NAME));
            browser.type("#filter-sni", AdminPage.OTHER);
            browser.awaitText("main", "No recent connection fits the filters");
            page.visit(AdminPage.NAME);
            page.visit(AdminPage.OTHER);
            browser.awaitTexts(ROW + " .name", List.of(AdminPage.OTHER));
            browser.click("#clear-filters");
            browser.awaitTexts(ROW + " .name", List.of(AdminPage.OTHER, AdminPage.NAME, AdminPage.NAME));
        }
    }

    @Test
    void an_open_connection_is_seen_and_killed() throws Exception {
        try (AdminPage page = new AdminPage(directory);
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String target = "127.0.0.1:" + silent.getLocalPort();
            page.gateway()
                    .send("POST", "/rules", "{\"match\":\"" + AdminPage.NAME + "\",\"target\":\"" + target + "\"}");
            Browser browser = page.browser();
            page.go("connections");
            browser.click("[data-tab=active]");
            try (RawSocket client = RawSocket.connect(page.gateway().address())) {
                client.send(hello().sni(AdminPage.NAME).wire());
                browser.awaitText("#active tbody tr", AdminPage.NAME);
                browser.awaitText("#active tbody tr", "relay");
                browser.click("#active [data-do=kill]");
                browser.click("dialog [data-do=confirm]");
                assertThat(client.hearToReset()).isEmpty();
                browser.awaitText("main", "No connection is open");
            }
            browser.click("[data-tab=live]");
            browser.click(ROW + " [data-do=why]");
            browser.awaitText("#why", "killed");
        }
    }

    @Test
    void where_too_many_look_on_the_page_says_so_and_looks_now_and_then() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            List<Socket> others = page.gateway().streams();
            page.go("connections");
            browser.awaitText("#tail-state", "too many");
            page.visit(AdminPage.NAME);
            browser.awaitText(ROW, AdminPage.NAME);
            for (Socket other : others) {
                other.close();
            }
            browser.awaitShown("#tail-state.live");
        }
    }

    @Test
    void markup_and_control_bytes_from_the_wire_are_text() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("connections");
            for (String name : new String[] {"<img src=x onerror=alert(1)>", "a\u001b[31m\u0007b", "\u0000\"'&<b>"}) {
                try (RawSocket client = RawSocket.connect(page.gateway().address())) {
                    client.send(hello().sni(name).wire()).fin();
                    client.hearToFin();
                }
                browser.awaitText(ROW, "bad_name");
            }
            browser.click(ROW + ":last-child [data-do=why]");
            browser.awaitText("#why", "<img src=x onerror=alert(1)>");
            assertThat(browser.value("document.querySelectorAll('img[src=x], #app b b').length"))
                    .isEqualTo(0L);
            assertThat(browser.value("/[\\u0000-\\u0008\\u000b-\\u001f\\u007f]/.test(document.body.innerText)"))
                    .isEqualTo(false);
        }
    }
}
