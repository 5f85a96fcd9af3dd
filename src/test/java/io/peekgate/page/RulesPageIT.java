package io.peekgate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The life of rules, as somebody leads it in the browser. */
@RequiresClient({"chromium", "chromedriver"})
class RulesPageIT {
    @TempDir
    private Path directory;

    @Test
    void rules_are_added_disabled_edited_moved_deleted_brought_back_and_kept() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.lookNoMore();
            page.go("rules");
            browser.awaitText("main", "There are no rules");

            browser.click("#add-rules");
            browser.type("#add-patterns", "a.example\n*.b.example # static files\n.c.example");
            browser.awaitText("#preview [data-line='2'] [data-preview=matches]", "b.example");
            browser.awaitText("#preview [data-line='2'] [data-preview=misses]", "b.example");
            browser.click("dialog [data-do=save]");
            awaitPatterns(browser, "a.example", "*.b.example", ".c.example");
            browser.awaitText("tr[data-rule=r2] .reason", "static files");

            browser.click("tr[data-rule=r1] [data-do=toggle]");
            browser.awaitShown("tr[data-rule=r1].off");

            browser.click("tr[data-rule=r2] [data-do=edit]");
            browser.type("#rule-reason", "until 1/2 of the migration"); // elsewhere a slash goes to the search
            browser.click("dialog [data-do=save]");
            browser.awaitText("tr[data-rule=r2] .reason", "until 1/2 of the migration");

            browser.click("tr[data-rule=r3] [data-do=menu]");
            browser.click("tr[data-rule=r3] [data-do=top]");
            awaitPatterns(browser, ".c.example", "a.example", "*.b.example");

            browser.click("tr[data-rule=r1] [data-do=menu]");
            browser.click("tr[data-rule=r1] [data-do=delete]");
            awaitPatterns(browser, ".c.example", "*.b.example");
            browser.click("[data-do=undo]");
            awaitPatterns(browser, ".c.example", "a.example", "*.b.example");

            page.restart();
            page.go("rules");
            awaitPatterns(browser, ".c.example", "a.example", "*.b.example");
            browser.awaitText("tr[data-rule=r2] .reason", "until 1/2 of the migration");
            assertThat(browser.texts("tr.off .pattern")).containsExactly("a.example");
        }
    }

    private static void awaitPatterns(Browser browser, String... patterns) {
        browser.awaitTexts("#rules .pattern", List.of(patterns));
    }

    @Test
    void a_line_that_is_no_pattern_is_told_of_and_kept_while_the_others_are_added() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("rules");
            browser.click("#add-rules");
            browser.type("#add-patterns", "good.example\nfoo*.example");
            browser.awaitShown("#preview [data-line='2'] .problem");
            browser.click("dialog [data-do=save]");
            browser.awaitText("dialog", "Not added");
            assertThat(browser.value("document.getElementById('add-patterns').value"))
                    .isEqualTo("foo*.example");
            browser.keys(Keys.ESCAPE);
            browser.awaitGone("dialog");
            awaitPatterns(browser, "good.example");
        }
    }

    @Test
    void somebody_else_s_change_is_not_overwritten_unseen() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("rules");
            page.addRules("a.example");
            browser.click("tr[data-rule=r1] [data-do=edit]");
            browser.type("#rule-reason", "mine");
            page.gateway().send("PATCH", "/rules/r1", "{\"reason\":\"theirs\"}");
            browser.click("dialog [data-do=save]");
            browser.awaitShown("#conflict");
            assertThat(page.gateway().get("/rules/r1").body()).contains("theirs");
            browser.click("dialog [data-do=save]");
            browser.awaitText("tr[data-rule=r1] .reason", "mine");
        }
    }

    @Test
    void what_a_rule_says_is_text_and_turns_nothing_round() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.gateway().send("POST", "/rules", "{\"match\":\"a.example\",\"reason\":\"<b>x</b>\\u202egpj.exe\"}");
            page.go("rules");
            browser.awaitTexts("#rules .reason", List.of("<b>x</b>\\u202egpj.exe"));
        }
    }

    @Test
    void it_is_worked_by_keys_alone() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.go("rules");
            page.addRules("a.example\nb.example");
            awaitPatterns(browser, "a.example", "b.example");
            browser.value("document.querySelector('tr[data-rule=r2] [data-do=edit]').focus()");
            browser.keys(Keys.chord(Keys.ALT, Keys.ARROW_UP));
            awaitPatterns(browser, "b.example", "a.example");
            browser.awaitShown("tr[data-rule=r2] [data-do=edit]:focus");
            browser.keys(Keys.chord(Keys.ALT, Keys.ARROW_DOWN));
            awaitPatterns(browser, "a.example", "b.example");
            browser.awaitShown("tr[data-rule=r2] [data-do=edit]:focus");
            browser.keys("/");
            assertThat(browser.value("document.activeElement.id")).isEqualTo("rule-search");
            browser.keys("b.ex");
            awaitPatterns(browser, "b.example");
        }
    }
}
