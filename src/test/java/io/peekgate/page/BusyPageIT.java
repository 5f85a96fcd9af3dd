package io.peekgate.page;

import static io.peekgate.testkit.Hellos.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.Pace;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page while 2,000 connections come every second, of as many names as there are connections. */
@RequiresClient({"chromium", "chromedriver"})
class BusyPageIT {
    private static final int A_SECOND = 2_000;
    private static final int CLIENTS = 8;
    private static final Duration SPELL = Duration.ofSeconds(5);
    private static final int ALERT = 21;

    @TempDir
    private Path directory;

    private final AtomicInteger visits = new AtomicInteger();
    private AdminPage page;
    private Browser browser;
    private Pace traffic;

    @BeforeEach
    void begin() throws Exception {
        page = new AdminPage(directory);
        browser = page.browser();
        List<Pace.Turn> clients =
                IntStream.range(0, CLIENTS).<Pace.Turn>mapToObj(this::visit).toList();
        traffic = new Pace(CLIENTS).repeat(A_SECOND, clients);
    }

    @AfterEach
    void end() throws Exception {
        try (AdminPage last = page) {
            traffic.close();
        }
    }

    /** Leaves by a reset, as the ports would not suffice else. */
    private Pace.Turn visit(int client) {
        return () -> {
            try (RawSocket socket =
                    RawSocket.connect("127.0.1." + client, page.gateway().address())) {
                socket.send(hello().sni("n" + visits.incrementAndGet() + ".busy.test")
                        .wire());
                assertThat(socket.hear(1)).containsExactly(ALERT);
                socket.reset();
            }
        };
    }

    @Test
    void the_overview_tells_the_rate() {
        await().atMost(Duration.ofSeconds(20)).until(() -> rate() > A_SECOND / 2);
        browser.awaitText("#refusals", "default_drop");
        Set<Integer> totals = new HashSet<>();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> totals.add(number("[data-fact=total]")) && totals.size() > 3);
    }

    @Test
    void the_tail_goes_on_and_the_page_draws_its_frames() throws Exception {
        page.go("connections");
        browser.awaitText("#tail-state", "live");
        browser.awaitText("#skipped", "more than 20 a second");
        int before = visits.get();
        watchFrames();
        Set<String> newest = new HashSet<>();
        traffic.hold(SPELL.dividedBy(2));
        newest.add(newest());
        traffic.hold(SPELL.dividedBy(2));
        newest.add(newest());
        tell(visits.get() - before);
        assertThat(newest).hasSize(2);
        browser.awaitText("#tail-state", "live");
    }

    @Test
    void a_row_is_explained_though_the_gateway_has_forgotten_it() throws Exception {
        page.go("connections");
        browser.click("#pause");
        browser.awaitText("#waiting", "came meanwhile");
        List<String> held = browser.texts("#tail tbody tr");
        browser.awaitText("#waiting", "or more");
        assertThat(browser.texts("#tail tbody tr")).isEqualTo(held);
        browser.click("#tail tbody tr [data-do=why]");
        browser.awaitText("#why", "No rule matched");
        browser.awaitText("#forgotten", "admin.recent");
        browser.screenshot("why-forgotten");
    }

    @Test
    void one_name_is_found_among_all_the_others() {
        page.go("connections");
        browser.type("#filter-sni", AdminPage.NAME);
        browser.awaitText("main", "No recent connection fits");
        assertThat(page.visit(AdminPage.NAME).status()).isEmpty();
        browser.awaitText("#tail tbody tr", AdminPage.NAME);
        assertThat(browser.texts("#tail tbody tr")).hasSize(1);
        browser.awaitGone("#skipped");
    }

    private int rate() {
        return number("#plot-rate .number");
    }

    private int number(String css) {
        String digits =
                browser.texts(css).stream().collect(Collectors.joining()).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private String newest() {
        return (String) browser.value("document.querySelector('#tail tbody tr').dataset.connection");
    }

    private void watchFrames() {
        browser.value("""
                (() => {
                  window.gaps = [];
                  let before = performance.now();
                  const frame = now => {
                    window.gaps.push(now - before);
                    before = now;
                    requestAnimationFrame(frame);
                  };
                  requestAnimationFrame(frame);
                })()""");
    }

    private void tell(int connections) {
        double frames = ((Number) browser.value("window.gaps.length")).doubleValue();
        double longest = ((Number) browser.value("Math.max(...window.gaps)")).doubleValue();
        System.out.printf(
                Locale.ROOT,
                "FIGURE page beside %d connections a second: %.0f frames a second, the longest wait for one %.0f ms%n",
                connections / SPELL.toSeconds(),
                frames / SPELL.toSeconds(),
                longest);
        assertThat(longest).isLessThan(2_000);
    }
}
