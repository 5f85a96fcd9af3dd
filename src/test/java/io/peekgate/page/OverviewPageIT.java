package io.peekgate.page;

import io.peekgate.net.Addresses;
import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first screen says of the traffic. */
@RequiresClient({"chromium", "chromedriver"})
class OverviewPageIT {
    @TempDir
    private Path directory;

    @Test
    void it_counts_names_clients_and_open_connections_and_names_the_listeners() throws Exception {
        try (AdminPage page = new AdminPage(directory);
                RawSocket silent = RawSocket.connect(page.gateway().address())) {
            Browser browser = page.browser();
            browser.awaitTexts("#plot-active .number", List.of("1"));
            browser.awaitText("#plot-active .legend", "waiting for their hello 1");
            page.gateway().send("POST", "/rules", "{\"match\":\"" + AdminPage.NAME + "\"}");
            page.visit(AdminPage.NAME);
            page.visit(AdminPage.NAME);
            page.visit(AdminPage.OTHER);
            browser.awaitTexts("#top-names tbody tr", List.of(AdminPage.NAME + " 2 0", AdminPage.OTHER + " 1 1"));
            browser.awaitTexts("#top-clients tbody tr", List.of("127.0.0.1 3 1"));
            browser.awaitText("#refusals [data-reason=default_drop]", "1 1");
            List<String> addresses =
                    page.gateway().addresses().stream().map(Addresses::text).toList();
            browser.awaitTexts("#listeners tbody td:nth-child(2)", addresses);
            browser.awaitText("#listeners [data-listener=lab]", "lab " + addresses.get(1) + " tls");
            silent.reset();
            browser.awaitTexts("#plot-active .number", List.of("0"));

            browser.press(AdminPage.OTHER);
            browser.awaitTexts("#tail tbody tr .name", List.of(AdminPage.OTHER));
        }
    }
}
