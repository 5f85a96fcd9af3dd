package io.peekgate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.Browser;
import io.peekgate.testkit.RequiresClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page as somebody works it who has no pointer. */
@RequiresClient({"chromium", "chromedriver"})
class KeyboardPageIT {
    private static final int STOPS = 60;

    @TempDir
    private Path directory;

    @Test
    void a_rule_is_added_deleted_and_brought_back_and_the_focus_is_never_lost() throws Exception {
        try (AdminPage page = new AdminPage(directory)) {
            Browser browser = page.browser();
            page.lookNoMore();
            reach(browser, "#logout", Keys.TAB);
            browser.keys(Keys.ENTER);
            awaitFocus(browser, "#token");
            browser.keys("wrong", Keys.ENTER);
            browser.awaitText("#login", "Not logged in");
            awaitFocus(browser, "#token");
            browser.keys(Keys.chord(Keys.CONTROL, "a"), page.gateway().token(), Keys.ENTER);
            browser.awaitShown("main[data-screen=overview]");
            awaitFocus(browser, "#main");

            reach(browser, "nav a[href='#/rules']", Keys.chord(Keys.SHIFT, Keys.TAB));
            browser.keys(Keys.ENTER);
            browser.awaitText("main", "There are no rules");
            reach(browser, ".empty button", Keys.TAB);
            browser.keys(Keys.ENTER);
            awaitFocus(browser, "#add-patterns");
            browser.keys("a.example", Keys.ENTER, "b.example");
            reach(browser, "dialog [data-do=save]", Keys.TAB);
            browser.keys(Keys.SPACE);
            browser.awaitTexts("#rules .pattern", List.of("a.example", "b.example"));
            awaitFocus(browser, "#rules *, #main");

            page.gateway().send("PATCH", "/rules/r2", "{\"reason\":\"theirs\"}");
            reach(browser, "tr[data-rule=r1] [data-do=menu]", Keys.TAB);
            browser.keys(Keys.ENTER);
            reach(browser, "tr[data-rule=r1] [data-do=delete]", Keys.TAB);
            browser.keys(Keys.ENTER);
            browser.awaitText("[data-toast=failed]", "Somebody else");
            awaitFocus(browser, "tr[data-rule=r1] [data-do=menu]");
            browser.keys(Keys.ENTER);
            reach(browser, "tr[data-rule=r1] [data-do=delete]", Keys.TAB);
            browser.keys(Keys.ENTER);
            browser.awaitTexts("#rules .pattern", List.of("b.example"));
            awaitFocus(browser, "tr[data-rule=r2] *");
            reach(browser, "[data-do=undo]", Keys.TAB);
            browser.keys(Keys.SPACE);
            browser.awaitTexts("#rules .pattern", List.of("a.example", "b.example"));
            awaitFocus(browser, "#main");
        }
    }

    /** Goes from stop to stop until it is there; what is not to be reached is not to be used. */
    private static void reach(Browser browser, String css, CharSequence key) {
        browser.awaitShown(css);
        for (int stop = 0; stop < STOPS && !isFocused(browser, css); stop++) {
            browser.keys(key);
        }
        assertThat(isFocused(browser, css)).as(css + " has the focus").isTrue();
    }

    private static void awaitFocus(Browser browser, String css) {
        await(css + " has the focus").atMost(Duration.ofSeconds(10)).until(() -> isFocused(browser, css));
    }

    private static boolean isFocused(Browser browser, String css) {
        return (Boolean) browser.value("document.activeElement.matches(\"" + css + "\")");
    }
}
