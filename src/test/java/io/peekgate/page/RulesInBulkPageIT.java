package io.peekgate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many rules at once in the browser: from and to a file, chosen together, and while somebody else changes them. */
@RequiresClient({"chromium", "chromedriver"})
class RulesInBulkPageIT {
    @TempDir
    private Path directory;

    @Test
    void a_file_is_imported_once_it_was_seen_what_becomes_of_it_and_all_rules_are_exported() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), """
                127.0.0.1 localhost
                0.0.0.0 ads.example t.ads.example # nobody needs them
                """);
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.lookNoMore();
            page.go("rules");
            browser.click("#import-rules");
            browser.click("#import-format option[value=hosts]");
            browser.upload("#import-file", hosts);
            browser.click("dialog [data-do=dry-run]");
            browser.awaitText("#import-outcome [role=status]", "2 entries would become rules, 1 would not.");
            assertThat(browser.texts("#import-outcome tbody tr"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("localhost", "no rule", "the machine itself"),
                            line -> assertThat(line).contains("import:2", "ads.example", "drop"),
                            line -> assertThat(line).contains("import:2", "t.ads.example", "drop"));
            assertThat(page.gateway().get("/rules").body()).doesNotContain("ads.example");

            browser.click("dialog [data-do=save]");
            browser.awaitGone("dialog");
            browser.awaitText("[data-toast=done]", "2 rules are imported.");
            awaitPatterns(browser, "ads.example", "t.ads.example");
            assertThat(browser.texts("#rules .action")).allMatch(action -> action.contains("drop"));

            assertThat(browser.value("document.getElementById('export-rules').download"))
                    .isEqualTo("peekgate-rules.conf");
            assertThat(browser.value("fetch(document.getElementById('export-rules').href).then(got => got.text())"))
                    .asString()
                    .contains("{ match = \"ads.example\", action = drop }", "\"t.ads.example\"");
        }
    }

    @Test
    void several_are_disabled_moved_deleted_and_brought_back_and_one_goes_down_by_its_menu() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.lookNoMore();
            page.go("rules");
            page.addRules("a.example\nb.example\nc.example\nd.example");
            choose(browser, "r2", "r4");
            browser.awaitText("#chosen", "2 selected");
            browser.click("[data-do=disable-chosen]");
            browser.awaitTexts("tr.off .pattern", List.of("b.example", "d.example"));
            browser.awaitGone("#chosen");

            choose(browser, "r3", "r4");
            browser.click("[data-do=top-chosen]");
            awaitPatterns(browser, "c.example", "d.example", "a.example", "b.example");
            fromMenu(browser, "r3", "down");
            awaitPatterns(browser, "d.example", "c.example", "a.example", "b.example");
            fromMenu(browser, "r4", "bottom");
            awaitPatterns(browser, "c.example", "a.example", "b.example", "d.example");

            choose(browser, "r1", "r2", "r3");
            browser.click("[data-do=delete-chosen]");
            awaitPatterns(browser, "d.example");
            browser.awaitText("[data-toast=done]", "3 rules are deleted.");
            browser.click("[data-do=undo]");
            awaitPatterns(browser, "c.example", "a.example", "b.example", "d.example");
            assertThat(browser.texts("tr.off .pattern")).containsExactly("b.example", "d.example");
        }
    }

    @Test
    void nothing_is_deleted_if_somebody_else_has_changed_the_rules_meanwhile() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.lookNoMore();
            page.go("rules");
            page.addRules("a.example\nb.example");
            awaitPatterns(browser, "a.example", "b.example");
            page.gateway().send("PATCH", "/rules/r2", "{\"reason\":\"still needed\"}");
            browser.click("#choose-all");
            browser.click("[data-do=delete-chosen]");
            browser.awaitText("[data-toast=failed]", "Somebody else changed this meanwhile");
            browser.awaitText("tr[data-rule=r2] .reason", "still needed");
            awaitPatterns(browser, "a.example", "b.example");
            browser.awaitText("#chosen", "2 selected");
            browser.click("[data-do=delete-chosen]");
            browser.awaitText("main", "There are no rules");
        }
    }

    private static void choose(Browser browser, String... rules) {
        for (String rule : rules) {
            browser.click("tr[data-rule=" + rule + "] [data-do=choose]");
        }
    }

    private static void fromMenu(Browser browser, String rule, String item) {
        browser.click("tr[data-rule=" + rule + "] [data-do=menu]");
        browser.click("tr[data-rule=" + rule + "] [data-do=" + item + "]");
    }

    private static void awaitPatterns(Browser browser, String... patterns) {
        browser.awaitTexts("#rules .pattern", List.of(patterns));
    }
}
