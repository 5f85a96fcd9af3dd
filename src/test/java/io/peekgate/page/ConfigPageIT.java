package io.peekgate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is explained, checked, reloaded, switched and ended in the browser. */
@RequiresClient({"chromium", "chromedriver"})
class ConfigPageIT {
    @TempDir
    private Path directory;

    @Test
    void a_reload_that_is_refused_says_why_and_one_that_is_not_counts() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("config");
            browser.awaitShown("#settings [data-setting='admin.bind']");
            Path file = page.gateway().file();
            Files.writeString(file, "peekgate.policy.rules = [ { match = \"a.example\", acton = drop } ]\n");
            browser.click("#config-check");
            browser.awaitText("#check-result", "unknown key");
            browser.click("#config-reload");
            browser.awaitText("#reload-result", "Not reloaded");
            browser.awaitText("#reload-result", "peekgate.conf:1");
            page.go("overview");
            browser.awaitText("main", "unknown key");

            Files.writeString(file, """
                    peekgate.policy.rules = [ { match = "a.example", action = drop } ]
                    peekgate.policy.default-action = passthrough
                    """);
            page.go("config");
            browser.click("#config-reload");
            browser.awaitText("#reload-result", "Reloaded");
            browser.awaitText("#settings [data-setting='policy.default-action']", "passthrough");
            page.go("rules");
            browser.awaitText("#rules .pattern", "a.example");
            browser.awaitText("#rules .origin", "peekgate.conf:1");
        }
    }

    @Test
    void a_setting_says_where_it_is_from_and_is_found() throws Exception {
        Files.writeString(directory.resolve("peekgate.conf"), """
                peekgate {
                  policy.default-action = passthrough
                }
                """);
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("config");
            browser.awaitText("[data-setting='policy.default-action'] .setting-origin", "peekgate.conf:2");
            browser.awaitText("[data-setting='policy.mode'] .setting-origin", "default");
            browser.type("#config-search", "default-ACTION");
            browser.awaitTexts("#settings .setting-key", List.of("policy.default-action"));
            browser.type("#config-search", "policy");
            browser.awaitShown("[data-setting='policy.mode']");
            browser.click("#config-changed");
            browser.awaitTexts("#settings .setting-key", List.of("policy.default-action", "policy.state-file"));
            browser.type("#config-search", "policy.mode");
            browser.awaitText("main", "No setting fits");
        }
    }

    @Test
    void a_name_is_explained_by_the_rules_in_force() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("rules");
            page.addRules("a.example\n*.b.example");
            page.go("explain");
            browser.type("#explain-name", "x.b.example");
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .outcome", "pass");
            browser.awaitText("#explain-answer .decides", "r2");
            browser.type("#explain-name", "nobody.example");
            browser.click("#explain-run");
            browser.awaitText("#explain-answer .outcome", "default_drop");
        }
    }

    @Test
    void it_observes_once_somebody_has_confirmed_that() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            browser.click("#mode-switch");
            browser.awaitShown("dialog");
            assertThat(page.visit(AdminPage.NAME).status()).isEmpty();
            browser.click("dialog [data-do=confirm]");
            browser.awaitText("header.bar", "observe");
            assertThat(page.visit(AdminPage.NAME).status()).hasValue(200);
        }
    }

    @Test
    void it_drains_only_if_the_word_is_typed() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("config");
            browser.click("#drain");
            browser.type("#confirm-word", "drai");
            assertThat(browser.value("document.querySelector('dialog [data-do=confirm]').disabled"))
                    .isEqualTo(true);
            assertThat(page.gateway().isAskedToDrain()).isFalse();
            browser.type("#confirm-word", "drain");
            browser.click("dialog [data-do=confirm]");
            browser.awaitGone("dialog");
            assertThat(page.gateway().isAskedToDrain()).isTrue();
        }
    }

    @Test
    void who_has_not_the_token_sees_nothing() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            browser.click("#logout");
            browser.awaitShown("main[data-screen=login]");
            browser.type("#token", "not the token");
            browser.click("#login button[type=submit]");
            browser.awaitText("#login", "This is not the gateway's token");
            browser.open("about:blank"); // else only the address's end would change, and the page stay as it is
            browser.open(page.url() + "#/rules");
            browser.awaitShown("main[data-screen=login]");
        }
    }
}
