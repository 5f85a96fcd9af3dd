package io.peekgate.page;

import static io.peekgate.testkit.Hellos.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RequiresClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the page looks: a picture of each screen in {@code target/screenshots}, and what can be told without looking. */
@RequiresClient({"chromium", "chromedriver"})
class ScreensIT {
    /** Neither the page nor the list of the screens is wider than its room. */
    private static final String FITS = "[document.documentElement, document.querySelector('header nav')]"
            + ".every(part => part.scrollWidth <= part.clientWidth)";

    /** What reaches over the window's right edge, in the screen or the dialog before it. */
    private static final String BEYOND = "[...document.querySelectorAll('main *, dialog *')]"
            + ".filter(part => part.getBoundingClientRect().right > innerWidth + 1).map(part => part.outerHTML)";

    private static final String INLINE =
            "[...document.querySelectorAll('script:not([src]), style, [style], [onclick]')]"
                    + ".map(part => part.outerHTML)";

    private static final List<String> SCREENS = List.of("overview", "rules", "connections", "explain", "config");

    @TempDir
    private Path directory;

    @Test
    void every_screen_fits_large_and_small_windows_in_light_and_dark() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            rules(page);
            await().atMost(Duration.ofSeconds(60)).until(() -> trafficFor(page, 5));
            Browser browser = page.browser();
            for (String scheme : List.of("light", "dark")) {
                browser.prefer(scheme);
                assertThat(isLight(browser)).isEqualTo(scheme.equals("light"));
                for (int width : new int[] {1280, 360}) {
                    browser.resize(width, width == 360 ? 800 : 900);
                    for (String screen : SCREENS) {
                        page.go(screen);
                        browser.awaitShown("main[data-screen=" + screen + "] " + something(screen));
                        browser.screenshot(screen + "-" + width + "-" + scheme);
                        assertThat(browser.value(FITS))
                                .as(screen + " at " + width)
                                .isEqualTo(true);
                    }
                }
            }
            browser.prefer("light");
            browser.resize(1280, 900);
            why(page);
            adding(page);
        }
    }

    @Test
    void dialogs_and_open_connections_fit_a_small_window() throws Exception {
        String name = "x".repeat(60) + ".a-name-that-is-rather-long.shop.example";
        try (AdminPage page = new AdminPage(directory);
                RawSocket client = RawSocket.connect(page.gateway().address());
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            page.gateway()
                    .send(
                            "POST",
                            "/rules",
                            "{\"match\":\"%s\",\"target\":\"127.0.0.1:%d\"}".formatted(name, silent.getLocalPort()));
            client.send(hello().sni(name).wire());
            Browser browser = page.browser();
            browser.resize(360, 800);
            page.go("connections");
            browser.click("[data-tab=active]");
            browser.awaitText("#active tbody tr", "relay");
            assertFits(browser, "active");

            page.go("rules");
            browser.click("#add-rules");
            browser.type("#add-patterns", name + "\nwrong*." + name);
            browser.awaitShown("#preview [data-line='2'] .problem");
            assertFits(browser, "add-rules");
            browser.click("dialog [data-do=close]");
            browser.click("#import-rules");
            browser.type("#import-text", name + "\nwrong*." + name);
            browser.click("dialog [data-do=dry-run]");
            browser.awaitShown("#import-outcome tbody tr");
            assertFits(browser, "import-rules");
        }
    }

    private static void assertFits(Browser browser, String what) throws IOException {
        browser.screenshot(what + "-360-light");
        assertThat(browser.value(FITS)).as(what).isEqualTo(true);
        assertThat(browser.value(BEYOND)).as("beyond the edge: " + what).isEqualTo(List.of());
    }

    @Test
    void nobody_else_is_asked_for_anything_and_nothing_is_inline() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            page.visit(AdminPage.NAME);
            Browser browser = page.browser();
            for (String screen : SCREENS) {
                page.go(screen);
                browser.awaitGone("main [aria-busy=true]");
                assertThat(browser.value(INLINE)).as(screen).isEqualTo(List.of());
            }
            assertThat(browser.value("performance.getEntriesByType('resource').map(entry => entry.name)"))
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .contains(page.url() + "app.js", page.url() + "pico.min.css", page.url() + "api/v1/config")
                    .allMatch(address -> address.startsWith(page.url()));
        }
    }

    @Test
    void colours_that_somebody_chose_are_kept() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            browser.prefer("light");
            browser.click("#theme");
            browser.click("#theme");
            assertThat(isLight(browser)).isFalse();
            browser.open(page.url());
            browser.awaitShown("main[data-screen=overview]");
            assertThat(isLight(browser)).isFalse();
        }
    }

    private static boolean isLight(Browser browser) {
        Object light =
                browser.value("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0] > 127");
        return (Boolean) light;
    }

    private static String something(String screen) {
        return switch (screen) {
            case "overview" -> "#refusals tr";
            case "rules" -> "#rules tbody tr";
            case "connections" -> "#tail tbody tr";
            case "explain" -> "#explain-form";
            default -> "#settings tbody tr";
        };
    }

    private static void why(AdminPage page) throws IOException {
        Browser browser = page.browser();
        page.go("connections");
        browser.type("#filter-sni", AdminPage.OTHER);
        browser.awaitText("#tail tbody tr", "rule_drop");
        browser.click("#tail tbody tr [data-do=why]");
        browser.awaitShown("#why .decides");
        browser.screenshot("why-1280-light");
        browser.resize(360, 800);
        browser.screenshot("why-360-light");
        browser.resize(1280, 900);
        browser.click("#why [data-do=close-why]");
    }

    private static void adding(AdminPage page) throws IOException {
        Browser browser = page.browser();
        page.go("rules");
        browser.click("#add-rules");
        browser.type("#add-patterns", "*.shop.example # the shop\n.bank.example\n**.ads.example\nwrong*.example");
        browser.awaitShown("#preview [data-line='4'] .problem");
        browser.screenshot("add-rules-1280-light");
    }

    private static void rules(AdminPage page) throws Exception {
        page.gateway().send("POST", "/rules:batch", """
                        {"operations": [
                          {"op": "add", "rule": {"name": "shop", "match": "www.shop.example", "reason": "orders and stock"}},
                          {"op": "add", "rule": {"name": "bank", "match": ["bank.example", "*.bank.example"], "ports": 443,
                            "reason": "pinned certificate"}},
                          {"op": "add", "rule": {"name": "trackers", "match": ["**.ads.example", "img.shop.example"],
                            "action": "drop", "reason": "nobody here needs them"}},
                          {"op": "add", "rule": {"match": "updates.vendor.example", "sources": "10.20.0.0/16", "alpn": "h2",
                            "enabled": false, "reason": "until the migration"}},
                          {"op": "add", "rule": {"match": "~^legacy-\\\\d+\\\\.corp\\\\.example", "destination": "original",
                            "reason": "old boxes"}}
                        ]}
                        """);
    }

    /** Lets some connections come; tells whether so many samples of the history have some. */
    private static boolean trafficFor(AdminPage page, int samples) throws Exception {
        traffic(page);
        String status = page.gateway().get("/status").body();
        return Pattern.compile("\"pass\":[1-9]").matcher(status).results().count() > samples;
    }

    private static void traffic(AdminPage page) throws Exception {
        for (int i = 0; i < 6; i++) {
            page.visit(AdminPage.NAME);
            page.visit(AdminPage.OTHER);
        }
        for (String name : List.of("telemetry.vendor.example", "cdn.news.example", "x_y.example", "<b>.example")) {
            say(
                    page,
                    hello().sni(name)
                            .alpn("h2", "http/1.1")
                            .supportedVersions(0x0304, 0x0303)
                            .wire());
        }
        say(page, hello().wire());
        say(page, Bytes.latin1("CONNECT www.shop.example:443 HTTP/1.1\r\nHost: www.shop.example\r\n\r\n"));
        say(page, Bytes.latin1("GET / HTTP/1.1\r\nHost: shop\r\n\r\n"));
        say(page, Bytes.latin1("SSH-2.0-OpenSSH_9.2p1\r\n"));
    }

    private static void say(AdminPage page, byte[] bytes) throws IOException {
        try (RawSocket client = RawSocket.connect(page.gateway().address())) {
            client.send(bytes).fin();
            client.hearToFin();
        }
    }
}
